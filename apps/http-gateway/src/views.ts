import {
  encodeFlags,
  formatFlags,
  type Effective,
  type GroupFlags,
  type Group,
  type Permissions,
  type Verdict,
} from "@mesibo-groups/core";
import type { GroupView } from "./schemas/group.ts";

/** Flags as an answer shows them. Contradictory bits are in the word beside them. */
export function viewFlags({ send, receive, store, loopback, other }: GroupFlags): GroupView["flags"] {
  return { send, receive, store, loopback, other };
}

/** A group as an answer shows it. */
export function viewGroup({ gid, name, flags, expiry, expiryext, active }: Omit<Group, "pinned">): GroupView {
  return {
    gid,
    name,
    flags: viewFlags(flags),
    flag: encodeFlags(flags),
    flag_hex: formatFlags(flags, "hex"),
    expires_in_seconds: expiry,
    expiry_extension_seconds: expiryext,
    active,
  };
}

/** Permissions as an answer shows them: the five, and nothing that a listing may carry besides. */
export function viewPermissions({ send, receive, publish, subscribe, list }: Permissions): Permissions {
  return { send, receive, publish, subscribe, list };
}

const viewVerdict = ({ allowed, rule: { id, sentence, source, confidence } }: Verdict) => ({
  allowed,
  rule: id,
  sentence,
  source,
  confidence,
});

/** What somebody may really do, as an answer shows it. */
export function viewEffective(verdicts: Effective) {
  const { send, receive, publish, subscribe, list } = verdicts;
  return {
    send: viewVerdict(send),
    receive: viewVerdict(receive),
    publish: viewVerdict(publish),
    subscribe: viewVerdict(subscribe),
    list: viewVerdict(list),
  };
}
