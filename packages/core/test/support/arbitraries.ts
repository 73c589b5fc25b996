import fc from "fast-check";
import { decodeFlags, type GroupFlags } from "../../src/domain/flags.ts";
import type { Group } from "../../src/domain/group.ts";
import type { Address } from "../../src/domain/member.ts";
import type { Permissions } from "../../src/domain/permissions.ts";
import type { OpName, Requests } from "../../src/domain/requests.ts";
import type { Results } from "../../src/domain/results.ts";

// Every value here can be said on the wire. What cannot: an empty text means "not given" to mesibo, and -1 in a
// change means "leave it", so neither is generated where a codec would read it as nothing.

const maximum = 2 ** 32 - 1;

export const uint32 = fc.integer({ min: 0, max: maximum });
const gid = fc.integer({ min: 1, max: maximum });
const number53 = fc.integer({ min: 0, max: 999_999_999_999_999 });

/** Words with few bits as likely as words with many. */
export const flagWord = fc.oneof(
  uint32,
  fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 6 }).map((shifts) => {
    let word = 0;
    for (const shift of shifts) word = (word | (1 << shift)) >>> 0;
    return word;
  }),
);

export const flags: fc.Arbitrary<GroupFlags> = flagWord.map(decodeFlags);

/** Well-formed text of any script, never empty. */
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });

export const address: fc.Arbitrary<Address> = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.integer({ min: 0, max: maximum }).map((digits) => `+${digits}`),
    fc.emailAddress(),
  )
  .map((raw) => raw.replaceAll(",", "").trim())
  .filter((clean) => clean !== "");

/** An address that stands alone, where a comma does no harm. */
const loneAddress: fc.Arbitrary<Address> = text.map((raw) => raw.trim()).filter((clean) => clean !== "");

const addresses = (minLength: number): fc.Arbitrary<readonly Address[]> =>
  fc.uniqueArray(address, { minLength, maxLength: 8 });

const permissionFields = {
  send: fc.boolean(),
  receive: fc.boolean(),
  publish: fc.boolean(),
  subscribe: fc.boolean(),
  list: fc.boolean(),
};

export const permissions: fc.Arbitrary<Permissions> = fc.record(permissionFields);

const somePermissions: fc.Arbitrary<Partial<Permissions>> = fc.record(permissionFields, { requiredKeys: [] });
const givenPermissions = somePermissions.filter((given) => Object.keys(given).length > 0);

const userRef = fc.oneof(
  fc.record({ uid: gid }),
  fc.record({ address: loneAddress }),
  fc.record({ uid: gid, address: loneAddress }),
);

/** Lifetimes of which -1 is none where a change would read it as "leave it". */
const expiry = (min: number): fc.Arbitrary<number> => fc.integer({ min, max: maximum });

const settings = {
  name: text,
  flags,
  expiryext: uint32,
  active: fc.boolean(),
  pinned: fc.boolean(),
  sflags: uint32,
  members: addresses(1),
  permissions: givenPermissions,
};

export const requests: { readonly [O in OpName]: fc.Arbitrary<Requests[O]> } = {
  useradd: fc.record(
    { address: loneAddress, name: text, appid: text, expiry: expiry(-(2 ** 31)), active: fc.boolean() },
    { requiredKeys: ["address"] },
  ),
  userset: fc
    .tuple(
      userRef,
      fc.record(
        { name: text, flag: uint32, active: fc.boolean(), pinned: fc.boolean() },
        { requiredKeys: [] },
      ),
    )
    .map(([ref, changes]) => Object.assign(changes, ref)),
  userdel: userRef,
  usersget: fc.record({ pattern: text, count: uint32 }, { requiredKeys: [] }),
  usertoken: fc
    .tuple(
      userRef,
      fc.record({ appid: text, expiry: expiry(-(2 ** 31)), remove: fc.boolean() }, { requiredKeys: [] }),
    )
    .map(([ref, token]) => Object.assign(token, ref)),
  groupadd: fc.record({ ...settings, expiry: expiry(-(2 ** 31)) }, { requiredKeys: [] }),
  groupset: fc.record({ gid, ...settings, expiry: expiry(0) }, { requiredKeys: ["gid"] }),
  groupdel: fc.record({ gid }),
  groupeditmembers: fc.record({
    gid,
    members: addresses(1),
    permissions: somePermissions,
    remove: fc.boolean(),
  }),
  groupgetmembers: fc.record({ gid, count: uint32 }, { requiredKeys: ["gid"] }),
  groupsget: fc.record({ pattern: text, count: uint32 }, { requiredKeys: [] }),
  message: fc.record(
    {
      from: loneAddress,
      to: addresses(0),
      gid,
      text: fc.oneof(text, fc.constant("")),
      type: uint32,
      expiry: expiry(-(2 ** 31)),
      flag: uint32,
      forced: fc.boolean(),
    },
    { requiredKeys: ["from", "to", "text"] },
  ),
};

const anyText = fc.string({ unit: "binary", maxLength: 40 });

const user = fc.record({
  user: fc.record(
    { uid: number53, address: anyText, appid: anyText, token: anyText },
    { requiredKeys: ["uid"] },
  ),
});

const userRow = fc.record({
  uid: number53,
  address: anyText,
  active: fc.boolean(),
  pinned: fc.boolean(),
  online: fc.boolean(),
  flag: uint32,
  appid: anyText,
});

const memberRow = fc.record(
  { uid: number53, address: anyText, permissions },
  { requiredKeys: ["address", "permissions"] },
);

const group: fc.Arbitrary<Group> = fc.record({
  gid,
  name: anyText,
  flags,
  expiry: number53,
  expiryext: number53,
  active: fc.boolean(),
  pinned: fc.boolean(),
});

const groupAnswer = fc.record({ group: fc.record({ gid }) });
const done = fc.constant({});

export const results: { readonly [O in OpName]: fc.Arbitrary<Results[O]> } = {
  useradd: user,
  userset: done,
  userdel: done,
  usersget: fc.record({ users: fc.array(userRow, { maxLength: 4 }), count: uint32, userscount: uint32 }),
  usertoken: user,
  groupadd: groupAnswer,
  groupset: groupAnswer,
  groupdel: done,
  groupeditmembers: done,
  groupgetmembers: fc.record(
    { members: fc.array(memberRow, { maxLength: 4 }), gid, count: uint32 },
    { requiredKeys: ["members"] },
  ),
  groupsget: fc.record({ groups: fc.array(group, { maxLength: 4 }), count: uint32, groupscount: uint32 }),
  message: fc.record({ mid: number53 }, { requiredKeys: [] }),
};
