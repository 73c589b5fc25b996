import * as z from "zod/mini";
import { themes } from "../state/look.ts";

const text = z.string("must be text.");
const yes = z.boolean("must be true or false.");

function isServer(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  return ["http:", "https:"].includes(protocol) && username + password + search + hash === "";
}

/** An address of a server. Its faults never quote it: it may hold a password. */
export const urlSchema = text.check(
  z.refine(isServer, "must be an http or https URL without user, password, query or fragment."),
);

/** The dialects by their names in files, variables and options. */
export const dialects = { json: "json", form: "form", "v2-json": "json", "v1-form": "form" } as const;

/** A dialect by the name that people write. */
export const dialectSchema = z.enum(["json", "form", "v2-json", "v1-form"], "must be json or form.");

/** Colours of a profile's name: the terminal's own. */
const colorSchema = z.enum(
  ["red", "green", "yellow", "blue", "magenta", "cyan", "white"],
  "must be red, green, yellow, blue, magenta, cyan or white.",
);

const whole = (message: string, [low, high]: readonly [number, number]) =>
  z.int(message).check(z.minimum(low, message), z.maximum(high, message));

const appearance = {
  label: z.optional(
    text.check(z.minLength(1, "must not be empty."), z.maxLength(40, "must be at most 40 characters.")),
  ),
  color: z.optional(colorSchema),
  default_expiry: z.optional(
    whole("must be a whole number of seconds from 0 to 4294967295.", [0, 4_294_967_295]),
  ),
  batch_size: z.optional(whole("must be a whole number of addresses from 1 to 100.", [1, 100])),
};

const credential = {
  token_command: z.optional(
    z
      .array(
        text.check(z.minLength(1, "must not be empty.")),
        "must be a list of text: a program and its arguments.",
      )
      .check(z.minLength(1, "must name a program.")),
  ),
  token_file: z.optional(text.check(z.minLength(1, "must not be empty."))),
};

const common = { ...appearance, ...credential, read_only: z.optional(yes), danger: z.optional(yes) };

const profileSchemas = {
  mock: z.object({
    kind: z.literal("mock"),
    url: z.optional(urlSchema),
    dialect: z.optional(dialectSchema),
    ...common,
  }),
  gateway: z.object({ kind: z.literal("gateway"), url: urlSchema, ...common }),
  mesibo: z.object({
    kind: z.literal("mesibo"),
    url: z.optional(urlSchema),
    dialect: z.optional(dialectSchema),
    ...common,
  }),
};

/** One profile as a file holds it. */
export const profileSchema = z.discriminatedUnion(
  "kind",
  [profileSchemas.mock, profileSchemas.gateway, profileSchemas.mesibo],
  "must have a kind: mock, gateway or mesibo.",
);

/** The keys that a profile of a kind knows. */
export const profileKeys = (kind: Kind): readonly string[] => Object.keys(profileSchemas[kind].shape);

/** The name of a profile. */
export const nameSchema = text.check(
  z.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    "must be 1 to 40 letters, digits, dots, dashes or underscores.",
  ),
);

const version = z.literal(1, "must be 1: no other version of this file is known.");

/** The user's `config.json`. */
export const configSchema = z.object({
  $schema: z.optional(text),
  version,
  default: z.optional(nameSchema),
  profiles: z.optional(z.record(nameSchema, profileSchema, "must be profiles by name.")),
  theme: z.optional(z.enum(themes, `must be one of ${themes.join(", ")}.`)),
  keys: z.optional(
    z.record(
      text,
      z.union([text, z.array(text)], "must be a key, or a list of keys."),
      "must be keys by action.",
    ),
  ),
});

const on = z.literal(true, "can only be true: a project may add a safeguard, never lift one.");

/**
 * A project's `.mesibo-groups.json`. It chooses one of the user's profiles and may make it safer; where a
 * token comes from and where it goes is not its business, as it may have come with somebody else's repository.
 */
export const projectSchema = z.object({
  $schema: z.optional(text),
  version,
  profile: z.optional(nameSchema),
  read_only: z.optional(on),
  danger: z.optional(on),
  ...appearance,
});

/** Where a profile's requests go. */
export type Kind = Profile["kind"];
/** One profile as a file holds it. */
export type Profile = z.output<typeof profileSchema>;
/** The user's file. */
export type Config = z.output<typeof configSchema>;
/** A project's file. */
export type Project = z.output<typeof projectSchema>;

/** The JSON Schema of `config.json`, for editors. */
export const configJsonSchema = (): object => z.toJSONSchema(configSchema);
