import {
  allPermissions,
  noPermissions,
  normalFlags,
  permissionNames,
  type Gid,
  type GroupFlags,
  type Member,
  type Permissions,
} from "@mesibo-groups/core";
import { usage } from "../command-error.ts";
import { readFlag } from "../flags/flag-data.ts";
import { readFlagWish } from "../flags/flag-options.ts";
import { addressWords } from "../members/addresses.ts";
import { booleanOf, fieldsOf, itemsOf, textOf, wholeOf, type Value } from "./value.ts";

/** A group as a file wants it. What is not given is left as it is. */
export interface WantedGroup {
  readonly gid: Gid | undefined;
  readonly name: string | undefined;
  readonly flags: GroupFlags | undefined;
  /** Seconds; counts when the group is made, because what is left of it shrinks by itself. */
  readonly expiry: number | undefined;
  readonly expiryext: number | undefined;
  readonly active: boolean | undefined;
  readonly pinned: boolean | undefined;
  readonly members: readonly Member[] | undefined;
}

const given = <T>(value: Value | undefined, read: (value: Value) => T): T | undefined =>
  value === undefined ? undefined : read(value);

function readAnyFlags(value: Value): GroupFlags {
  if (typeof value.value === "string") return readFlag(value.value);
  const field = fieldsOf(value, ["send", "receive", "store", "loopback"]);
  return readFlagWish({
    send: given(field("send"), textOf),
    receive: given(field("receive"), textOf),
    store: given(field("store"), booleanOf),
    loopback: given(field("loopback"), booleanOf),
  }).from(normalFlags);
}

function readFlags(value: Value): GroupFlags {
  const flags = readAnyFlags(value);
  if (flags.conflicts.length === 0) return flags;
  throw usage(`${value.at} holds contradictory bits. Name the fields send and receive instead.`);
}

function readPermissions(value: Value): Permissions {
  const permissions = { ...noPermissions };
  for (const item of itemsOf(value)) {
    const text = textOf(item);
    const name = permissionNames.find((known) => known === text);
    if (name === undefined)
      throw usage(`${item.at} must be one of ${permissionNames.join(", ")}, not ${JSON.stringify(text)}.`);
    permissions[name] = true;
  }
  return permissions;
}

function readMember(value: Value): Member {
  const plain = typeof value.value === "string";
  const field = plain ? undefined : fieldsOf(value, ["address", "permissions"]);
  const at = field?.("address") ?? (plain ? value : { at: `${value.at}.address`, value: undefined });
  const address = textOf(at);
  const fault = addressWords(address);
  if (fault !== undefined) throw usage(`${at.at}: ${fault}.`);
  return { address, permissions: given(field?.("permissions"), readPermissions) ?? allPermissions };
}

function readMembers(value: Value): readonly Member[] {
  const members = itemsOf(value).map(readMember);
  const seen = new Set<string>();
  for (const { address } of members) {
    if (seen.has(address))
      throw usage(`${value.at} names ${JSON.stringify(address)} twice. Name each member once.`);
    seen.add(address);
  }
  return members;
}

const groupFields = ["gid", "name", "flag", "expiry", "expiryext", "active", "pinned", "members"];

function readGroup(value: Value): WantedGroup {
  const field = fieldsOf(value, groupFields);
  const wanted: WantedGroup = {
    gid: given(field("gid"), wholeOf),
    name: given(field("name"), textOf),
    flags: given(field("flag"), readFlags),
    expiry: given(field("expiry"), wholeOf),
    expiryext: given(field("expiryext"), wholeOf),
    active: given(field("active"), booleanOf),
    pinned: given(field("pinned"), booleanOf),
    members: given(field("members"), readMembers),
  };
  if (wanted.gid === undefined && wanted.name === undefined)
    throw usage(`${value.at} needs a name or a gid.`);
  return wanted;
}

/** Reads groups from YAML or JSON. Throws a `CommandError` that says where it is wrong. */
export async function readGroupsFile(text: string): Promise<readonly WantedGroup[]> {
  const { parseDocument } = await import("yaml");
  // Every scalar stays text: +15550100 is an address and no number, and 0x11 is read as a flag.
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined)
    throw usage(`The groups file is neither YAML nor JSON: ${error.message.split(/:?\n/)[0] ?? ""}`);
  const field = fieldsOf({ at: "the file", value: document.toJS({ maxAliasCount: 100 }) }, ["v", "groups"]);
  const version = field("v");
  if (version !== undefined && version.value !== "1")
    throw usage("v must be 1: this version of the tool knows no other.");
  const groups = field("groups");
  if (groups === undefined)
    throw usage("The groups file needs a list of groups: `groups:` with `- name: News`.");
  return itemsOf({ at: "groups", value: groups.value }).map(readGroup);
}
