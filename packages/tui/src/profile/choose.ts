import { nearest } from "@mesibo-groups/core";
import { ProfileError } from "./errors.ts";
import type { Files } from "./load.ts";
import type { Kind, Profile } from "./schema.ts";
import { variable, type Surroundings } from "./surroundings.ts";
import type { Origin, Valued } from "./valued.ts";

/** The name of the mock inside the process, which is always there. */
export const EMBEDDED = "embedded";

/** The profile that was chosen, by name or by what the environment holds. */
export interface Chosen {
  readonly name: Valued<string>;
  readonly kind: Valued<Kind>;
  readonly profile: Profile | undefined;
  readonly definedBy: Origin;
}

interface Asked {
  readonly around: Surroundings;
  readonly files: Files;
  readonly flags: { readonly profile?: string | undefined; readonly url?: string | undefined };
}

function named({ around, files, flags }: Asked): Valued<string> | undefined {
  const { user, project } = files;
  const candidates: readonly (readonly [string | undefined, Origin])[] = [
    [flags.profile, { layer: "flag", from: "--profile" }],
    [variable(around, "MESIBO_GROUPS_PROFILE"), { layer: "environment", from: "MESIBO_GROUPS_PROFILE" }],
    [project?.content.profile, { layer: "project", from: project?.path ?? "" }],
    [user?.content.default, { layer: "user", from: user?.path ?? "" }],
  ];
  for (const [value, origin] of candidates) if (value !== undefined) return { value, origin };
  return undefined;
}

const standard: Origin = { layer: "default", from: "default" };

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const isLocal = (url: string | undefined): boolean =>
  url !== undefined && URL.canParse(url) && loopback.test(new URL(url).hostname);

function fromEnvironment({ around, flags }: Asked): Chosen {
  const variables = ["GATEWAY_URL", "MESIBO_URL", "MESIBO_APP_TOKEN_FILE", "MESIBO_APP_TOKEN"];
  const found = variables.find((name) => variable(around, name) !== undefined);
  if (found === undefined && flags.url === undefined) {
    const name = { value: EMBEDDED, origin: standard };
    return { name, kind: { value: "mock", origin: standard }, profile: undefined, definedBy: standard };
  }
  const origin: Origin =
    flags.url === undefined ? { layer: "environment", from: found ?? "" } : { layer: "flag", from: "--url" };
  const local = isLocal(flags.url ?? variable(around, "MESIBO_URL"));
  const direct: Kind = local ? "mock" : "mesibo";
  const kind = flags.url === undefined && found === "GATEWAY_URL" ? "gateway" : direct;
  return {
    name: { value: "environment", origin },
    kind: { value: kind, origin },
    profile: undefined,
    definedBy: origin,
  };
}

function absent({ value, origin }: Valued<string>, names: readonly string[]): ProfileError {
  const guess = nearest(value, names);
  return new ProfileError({
    source: origin.from,
    fault: `there is no profile ${JSON.stringify(value)}.`,
    next: `${guess === undefined ? "" : `Did you mean ${guess}? `}Known: ${names.join(", ")}.`,
  });
}

/** Which profile it is. Throws `ProfileError` for a name that no file knows. */
export function choose(asked: Asked): Chosen {
  const { user } = asked.files;
  const name = named(asked);
  if (name === undefined) return fromEnvironment(asked);
  if (name.value === EMBEDDED) {
    return { name, kind: { value: "mock", origin: name.origin }, profile: undefined, definedBy: standard };
  }
  const profiles = user?.content.profiles ?? {};
  const profile = Object.hasOwn(profiles, name.value) ? profiles[name.value] : undefined;
  if (profile === undefined) throw absent(name, [...Object.keys(profiles), EMBEDDED]);
  const definedBy: Origin = { layer: "user", from: user?.path ?? "" };
  return { name, kind: { value: profile.kind, origin: definedBy }, profile, definedBy };
}
