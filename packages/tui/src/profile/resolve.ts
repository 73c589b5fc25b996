import { DEFAULT_GROUP_EXPIRY, MAX_BATCH_ADDRESSES, MESIBO_URL, type Dialect } from "@mesibo-groups/core";
import { dirname } from "node:path";
import { choose, EMBEDDED, type Chosen } from "./choose.ts";
import { ProfileError } from "./errors.ts";
import type { Files } from "./load.ts";
import { pathFrom } from "./paths.ts";
import { dialects, dialectSchema, urlSchema, type Kind, type Profile } from "./schema.ts";
import { variable, type Surroundings } from "./surroundings.ts";
import { pick, type Origin, type Valued } from "./valued.ts";

/** What the command line said. A secret is never among it. */
export interface Flags {
  readonly profile?: string | undefined;
  readonly url?: string | undefined;
  readonly dialect?: string | undefined;
  readonly readOnly?: boolean | undefined;
  readonly tokenStdin?: boolean | undefined;
}

/** Everything a front needs to connect, each value with its origin. */
export interface Resolved {
  readonly profile: Valued<string>;
  readonly kind: Valued<Kind>;
  /** None for the embedded mock. */
  readonly url: Valued<string | undefined>;
  readonly dialect: Valued<Dialect>;
  readonly readOnly: Valued<boolean>;
  readonly danger: Valued<boolean>;
  readonly label: Valued<string>;
  readonly color: Valued<string | undefined>;
  /** Seconds. */
  readonly defaultExpiry: Valued<number>;
  readonly batchSize: Valued<number>;
  readonly tokenStdin: boolean;
  readonly tokenCommand: Valued<readonly string[] | undefined>;
  readonly tokenFile: Valued<string | undefined>;
  readonly warnings: readonly string[];
}

/** What is resolved from. */
export interface Given {
  readonly around: Surroundings;
  readonly files: Files;
  readonly flags: Flags;
}

const standard: Origin = { layer: "default", from: "default" };

const urlVariable = (kind: Kind): string => (kind === "gateway" ? "GATEWAY_URL" : "MESIBO_URL");

function checkedUrl({ value, origin }: Valued<string | undefined>): Valued<string | undefined> {
  const parsed = value === undefined ? undefined : urlSchema.safeParse(value);
  if (parsed?.success === false) {
    const fault = parsed.error.issues[0]?.message ?? "is not a URL.";
    throw new ProfileError({ source: origin.from, fault, next: "Correct it and try again." });
  }
  return { value, origin };
}

// The gateway's document shows its URLs with the version at the end.
const withoutVersion = ({ value, origin }: Valued<string | undefined>): Valued<string | undefined> => ({
  value: value?.replace(/(?:\/+v1)?\/*$/, ""),
  origin,
});

// As a mock it would go without the notice and the word that this is the real service.
function refuseMockOfMesibo(kind: Kind, { value, origin }: Valued<string | undefined>): void {
  if (kind !== "mock" || value === undefined || new URL(value).host !== new URL(MESIBO_URL).host) return;
  throw new ProfileError({
    source: origin.from,
    fault: "a profile of kind mock cannot have mesibo's own URL.",
    next: "Give the profile the kind mesibo, or another URL.",
  });
}

function checkedDialect({ value, origin }: Valued<string>): Valued<Dialect> {
  const parsed = dialectSchema.safeParse(value);
  if (parsed.success) return { value: dialects[parsed.data], origin };
  throw new ProfileError({
    source: origin.from,
    fault: "must be json or form.",
    next: "Correct it and try again.",
  });
}

const dialectOf = (profile: Profile | undefined): string | undefined =>
  profile !== undefined && "dialect" in profile ? profile.dialect : undefined;

const NO_DIALECT: Origin = { layer: "default", from: "not used: a gateway speaks REST" };

function resolveDialect({ around, flags }: Given, { kind, profile, definedBy }: Chosen): Valued<Dialect> {
  if (kind.value === "gateway") return { value: "json", origin: NO_DIALECT };
  const candidates: readonly (readonly [string | undefined, Origin])[] = [
    [flags.dialect, { layer: "flag", from: "--dialect" }],
    [variable(around, "MESIBO_DIALECT"), { layer: "environment", from: "MESIBO_DIALECT" }],
    [dialectOf(profile), definedBy],
  ];
  return checkedDialect(pick(candidates, "v2-json"));
}

const OWN_TOKEN: Origin = { layer: "default", from: "not used: it belongs to the profile's own URL" };

function tokenSources(
  { around }: Given,
  { chosen, url }: { readonly chosen: Chosen; readonly url: Origin },
): Pick<Resolved, "tokenCommand" | "tokenFile"> {
  const { profile, definedBy } = chosen;
  // A token made for one server is not handed to another that a variable or an option names.
  if (url.layer === "flag" || url.layer === "environment") {
    return {
      tokenCommand: { value: undefined, origin: OWN_TOKEN },
      tokenFile: { value: undefined, origin: OWN_TOKEN },
    };
  }
  const path = profile?.token_file;
  const folder = dirname(definedBy.from);
  return {
    tokenCommand: pick<readonly string[] | undefined>([[profile?.token_command, definedBy]], undefined),
    tokenFile: pick<string | undefined>(
      [[path === undefined ? undefined : pathFrom(around, { path, folder }), definedBy]],
      undefined,
    ),
  };
}

const embeddedUrl = (): ProfileError =>
  new ProfileError({
    source: "--url",
    fault: "the embedded mock has no URL.",
    next: "Leave --url out, or choose another profile with --profile.",
  });

const once = (on: boolean | undefined): true | undefined => (on === true ? true : undefined);

/** One plain object out of options, environment, project file, user file and defaults, in that order. */
export function resolve(given: Given): Resolved {
  const { around, files, flags } = given;
  const chosen = choose(given);
  const { profile, definedBy, kind } = chosen;
  const project = files.project?.content;
  const inProject: Origin = { layer: "project", from: files.project?.path ?? "" };
  const embedded = chosen.name.value === EMBEDDED;
  if (embedded && flags.url !== undefined) throw embeddedUrl();
  const name = urlVariable(kind.value);
  const fromEnvironment: Origin = { layer: "environment", from: name };
  const url = checkedUrl(
    pick<string | undefined>(
      embedded
        ? []
        : [
            [flags.url, { layer: "flag", from: "--url" }],
            [variable(around, name), fromEnvironment],
            [profile?.url, definedBy],
          ],
      kind.value === "mesibo" ? MESIBO_URL : undefined,
    ),
  );
  refuseMockOfMesibo(kind.value, url);
  return {
    profile: chosen.name,
    kind,
    url: kind.value === "gateway" ? withoutVersion(url) : url,
    dialect: resolveDialect(given, chosen),
    readOnly: pick<boolean>(
      // Any layer can make it safer, none can lift what another demands.
      [
        [once(flags.readOnly), { layer: "flag", from: "--read-only" }],
        [project?.read_only, inProject],
        [profile?.read_only, definedBy],
      ],
      false,
    ),
    danger: pick<boolean>(
      [
        [project?.danger, inProject],
        [profile?.danger, definedBy],
      ],
      false,
    ),
    label: pick(
      [
        [project?.label, inProject],
        [profile?.label, definedBy],
      ],
      chosen.name.value,
    ),
    color: pick<string | undefined>(
      [
        [project?.color, inProject],
        [profile?.color, definedBy],
      ],
      undefined,
    ),
    defaultExpiry: pick(
      [
        [project?.default_expiry, inProject],
        [profile?.default_expiry, definedBy],
      ],
      DEFAULT_GROUP_EXPIRY,
    ),
    batchSize: pick(
      [
        [project?.batch_size, inProject],
        [profile?.batch_size, definedBy],
      ],
      MAX_BATCH_ADDRESSES,
    ),
    tokenStdin: flags.tokenStdin === true,
    ...tokenSources(given, { chosen, url: url.value === undefined ? standard : url.origin }),
    warnings: [...(files.user?.warnings ?? []), ...(files.project?.warnings ?? [])],
  };
}
