import type { OpName } from "../domain/requests.ts";

/** The object that a parameter is nested in, in mesibo's v2 JSON; `top` is no object. */
export type Family = "group" | "user" | "top";

/** Another spelling that is read but never written. */
export interface Alias {
  /** A flat name, or with dots a path into the JSON body. */
  readonly spelling: string;
  /** Where the spelling was seen; keys as in `docs/wire.md`. */
  readonly source: string;
}

/** One parameter: its canonical flat name, its canonical JSON paths and every other spelling of it. */
export interface Parameter {
  /** mesibo's v1 name, the one the codecs know. */
  readonly name: string;
  /** How JSON carries the value: as text, as a number, as a boolean, or as a list that is text with commas. */
  readonly type: "text" | "number" | "boolean" | "list";
  /** Where JSON carries it, by family. */
  readonly json: Partial<Record<Family, string>>;
  readonly source: string;
  readonly aliases?: readonly Alias[];
}

// mesibo: D2m shows the parameters of a message at the top level, one production caller nests them.
const MESSAGE_OBJECT = "iDempiere plugin (section 7, row 19)";

/**
 * The parameters of all operations. Reading accepts every spelling, writing emits the canonical ones alone.
 *
 * One table, and so one file however long: whoever looks for a spelling should find it in one place.
 *
 * @example
 * ```ts
 * import { parameters } from "@mesibo-groups/core/wire";
 *
 * const flag = parameters.find(({ name }) => name === "flag");
 * console.assert(flag?.json.group === "group.flags");
 * ```
 */
export const parameters: readonly Parameter[] = [
  {
    name: "gid",
    type: "number",
    json: { group: "group.gid", top: "gid" },
    source: "SEED; SAM22, ROWN, PARK",
    aliases: [{ spelling: "message.gid", source: MESSAGE_OBJECT }],
  },
  {
    name: "name",
    type: "text",
    json: { group: "group.name", user: "user.name" },
    source: "SEED; SAM22, D2u",
    aliases: [{ spelling: "user.profile.name", source: "SAM22, PARK (userset)" }],
  },
  {
    name: "flag",
    type: "number",
    json: { group: "group.flags", user: "user.flags", top: "flags" },
    source: "SEED; SAM22, D2u, D2m",
    aliases: [
      { spelling: "flags", source: "SAM22 (flattened form)" },
      { spelling: "message.flags", source: MESSAGE_OBJECT },
    ],
  },
  {
    name: "expiry",
    type: "number",
    json: { group: "group.duration", user: "user.token.expiry", top: "expiry" },
    source: "SEED; SAM22, D2u, D2m",
    aliases: [
      { spelling: "duration", source: "SAM22 (flattened form)" },
      { spelling: "group.expiry", source: "assumed: the v1 name inside the v2 object" },
      { spelling: "message.expiry", source: MESSAGE_OBJECT },
    ],
  },
  {
    name: "expiryext",
    type: "number",
    json: { group: "group.expiryext" },
    source: "SEED; in v2 assumed",
  },
  {
    name: "active",
    type: "boolean",
    json: { group: "group.active", user: "user.active" },
    source: "SEED; SAM22, D2u",
  },
  {
    name: "pinned",
    type: "boolean",
    json: { group: "group.pinned", user: "user.pinned" },
    source: "CON; in v2 assumed",
  },
  {
    name: "sflags",
    type: "number",
    json: { group: "group.sflags" },
    source: "CONF; in v2 assumed",
  },
  {
    name: "m",
    type: "list",
    json: { group: "group.members.m" },
    source: "SEED; ROWN, SAM22",
    aliases: [
      { spelling: "m[]", source: "PHP's way to repeat a parameter; section 10, row 24" },
      { spelling: "group.m", source: "SAM22 (helper copies members late)" },
    ],
  },
  {
    name: "cs",
    type: "boolean",
    json: { group: "group.members.permissions.send" },
    source: "SEED; ROWN, PARK",
  },
  {
    name: "cr",
    type: "boolean",
    json: { group: "group.members.permissions.recv" },
    source: "SEED; ROWN, PARK",
  },
  {
    name: "canpub",
    type: "boolean",
    json: { group: "group.members.permissions.pub" },
    source: "SEED; ROWN, PARK",
  },
  {
    name: "cansub",
    type: "boolean",
    json: { group: "group.members.permissions.sub" },
    source: "SEED; ROWN, PARK",
  },
  {
    name: "canlist",
    type: "boolean",
    json: { group: "group.members.permissions.list" },
    source: "SEED; ROWN, PARK",
  },
  {
    name: "delete",
    type: "number",
    json: { group: "group.members.remove", user: "user.token.remove" },
    source: "SEED; ROWN (remove: 1), SAM22 (token remove)",
    aliases: [
      { spelling: "group.delete", source: "SAM22" },
      { spelling: "remove", source: "ROWN, leaf of members.remove in the flattened form" },
    ],
  },
  {
    name: "count",
    type: "number",
    json: { group: "count", user: "count" },
    source: "D1full, PG; SAM22, PARK",
  },
  {
    name: "addr",
    type: "text",
    json: { user: "user.address" },
    source: "D1full; D2u",
    aliases: [{ spelling: "address", source: "SAM22 (flattened form)" }],
  },
  { name: "uid", type: "number", json: { user: "user.uid" }, source: "D1full; ROWN" },
  { name: "appid", type: "text", json: { user: "user.token.appid" }, source: "D1full; D2u" },
  {
    name: "from",
    type: "text",
    json: { top: "from" },
    source: "MAB; D2m",
    aliases: [{ spelling: "message.from", source: MESSAGE_OBJECT }],
  },
  {
    name: "to",
    type: "list",
    json: { top: "to" },
    source: "MAB; D2m",
    aliases: [{ spelling: "message.to", source: MESSAGE_OBJECT }],
  },
  {
    name: "type",
    type: "number",
    json: { top: "type" },
    source: "MAB; D2m",
    aliases: [{ spelling: "message.type", source: MESSAGE_OBJECT }],
  },
  {
    name: "forced",
    type: "boolean",
    json: { top: "forced" },
    source: "MAB; D2m",
    aliases: [{ spelling: "message.forced", source: MESSAGE_OBJECT }],
  },
  {
    name: "msg",
    type: "text",
    json: { top: "message" },
    source: "MAB; D2m",
    aliases: [
      { spelling: "message", source: "D2m" },
      { spelling: "message.message", source: MESSAGE_OBJECT },
    ],
  },
];

/**
 * The object that an operation's parameters are nested in.
 *
 * @example
 * ```ts
 * import { families } from "@mesibo-groups/core/wire";
 *
 * console.assert(families.groupadd === "group" && families.useradd === "user");
 * ```
 */
export const families = {
  useradd: "user",
  userset: "user",
  userdel: "user",
  usersget: "user",
  usertoken: "user",
  groupadd: "group",
  groupset: "group",
  groupdel: "group",
  groupeditmembers: "group",
  groupgetmembers: "group",
  groupsget: "group",
  message: "top",
} as const satisfies Record<OpName, Family>;

/**
 * Values that mean "leave it as it is", by operation and parameter.
 *
 * mesibo: the console calls groupset with an empty name and -1 to change the pin alone (CON); the conferencing
 * demo sends sflags=-1, also on groupadd (CONF). `expiryext` and userset's are INFERRED from those.
 *
 * @example
 * ```ts
 * import { leaveAlone } from "@mesibo-groups/core/wire";
 *
 * console.assert(leaveAlone.groupset?.["name"] === "");
 * ```
 */
export const leaveAlone: Partial<Record<OpName, Readonly<Record<string, string>>>> = {
  groupadd: { sflags: "-1" },
  groupset: { name: "", flag: "-1", expiry: "-1", expiryext: "-1", active: "-1", pinned: "-1", sflags: "-1" },
  userset: { name: "", flag: "-1", active: "-1", pinned: "-1" },
};

const isPath = (spelling: string): boolean => spelling.includes(".");

const spellings: readonly (readonly [string, Parameter])[] = parameters.flatMap((parameter) => {
  const { name, json, aliases = [] } = parameter;
  const paths = Object.values(json).filter(isPath);
  return [name, ...paths, ...aliases.map(({ spelling }) => spelling)].map(
    (spelling) => [spelling, parameter] as const,
  );
});

/** Parameter by flat spelling. */
export const byFlatName: ReadonlyMap<string, Parameter> = new Map(
  spellings.filter(([spelling]) => !isPath(spelling)),
);

/** Parameter by path into the JSON body. */
export const byJsonPath: ReadonlyMap<string, Parameter> = new Map(
  spellings.filter(([spelling]) => isPath(spelling)),
);

/** Paths of the objects that parameters are nested in: `group`, `group.members` and so on. */
export const jsonObjects: ReadonlySet<string> = new Set(
  [...byJsonPath.keys()].flatMap((path) =>
    path
      .split(".")
      .slice(0, -1)
      .map((_, depth, keys) => keys.slice(0, depth + 1).join(".")),
  ),
);
