import type { OpName } from "@mesibo-groups/core";
import fc from "fast-check";
import type { Model, ModelRequest } from "./reference.ts";

const STEPS = 60;

/** What a walk asks of both. */
export type Asked = ModelRequest & { readonly op: OpName };

/** The first gid and the first uid of a world. */
export const FIRST = { gid: 102_529, uid: 1_001 };

// Few of each, so that walks meet the same ones again and again.
const known = ["a", "b", "c", "d", "__proto__"];
const address = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: fc.constantFrom("e", "ab@c") },
);
const uid = fc.integer({ min: FIRST.uid, max: FIRST.uid + 6 });
// Which of the living groups, oldest first; `aimed` makes a gid of it.
const UNKNOWN = 9;
const gid = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 2, 3, UNKNOWN);
const name = fc.constantFrom("", "News", "Newt", "*", "toString", "s");
const pattern = fc.constantFrom("*", "**", "N*", "*s", "N*w*", "News", "", "*e*t*", "a*", "*@*", "ab@cab@c*");
const count = fc.constantFrom(0, 1, 2, 3, 20);
const on = fc.boolean();
const enabled = fc.constantFrom(true, true, true, false);
const lifetime = fc.constantFrom(-1, 0, 100, 300, 1_000_000);
const extension = fc.constantFrom(0, 1, 100);
const flag = fc.oneof(
  fc
    .subarray([0x1, 0x2, 0x4, 0x8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x8000000, 0x80000000])
    .map((bits) => bits.reduce((word, bit) => word + bit, 0)),
  fc.constantFrom(0, 0x20, 0x21, 0x30, 0xa0, 0xb0, 0x22, 0x3),
);
const members = fc.array(address, { maxLength: 5 });
const permissions = fc.record(
  { send: on, receive: on, publish: on, subscribe: on, list: on },
  { requiredKeys: [] },
);
const settings = {
  name,
  flag,
  expiry: lifetime,
  expiryext: extension,
  active: enabled,
  pinned: on,
};

const optional = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const userRef = fc.oneof(
  { weight: 8, arbitrary: fc.record({ address }) },
  { weight: 8, arbitrary: fc.record({ uid }) },
  { weight: 1, arbitrary: fc.constant({}) },
);

/** Some of what may be given, with what must be, under an op. */
function request(
  op: OpName,
  given: fc.Arbitrary<object>,
  may: fc.Arbitrary<object> = fc.constant({}),
): fc.Arbitrary<Asked> {
  return fc.tuple(given, may).map(([must, some]) => Object.assign({ op }, some, must));
}

const edit = fc.record({
  gid,
  members: fc.array(address, { minLength: 0, maxLength: 5 }),
  permissions,
  remove: fc.constantFrom(false, false, true),
});
const list = optional({ pattern, count });
const recipients = fc.uniqueArray(address, { maxLength: 3 });

const anyRequest: fc.Arbitrary<Asked> = fc.oneof(
  {
    weight: 6,
    arbitrary: request("useradd", fc.record({ address }), optional({ name, appid: name, active: on })),
  },
  { weight: 1, arbitrary: request("userset", userRef, optional({ name, flag, active: on, pinned: on })) },
  { weight: 1, arbitrary: request("userdel", userRef) },
  { weight: 1, arbitrary: request("usertoken", userRef, optional({ appid: name, remove: on })) },
  { weight: 1, arbitrary: request("usersget", list) },
  { weight: 3, arbitrary: request("groupadd", optional({ ...settings, members, permissions })) },
  {
    weight: 3,
    arbitrary: request("groupset", fc.record({ gid }), optional({ ...settings, members, permissions })),
  },
  { weight: 1, arbitrary: request("groupdel", fc.record({ gid })) },
  { weight: 5, arbitrary: request("groupeditmembers", edit) },
  { weight: 1, arbitrary: request("groupgetmembers", fc.record({ gid }), optional({ count })) },
  { weight: 1, arbitrary: request("groupsget", list) },
  {
    weight: 16,
    arbitrary: request("message", fc.record({ from: address, to: fc.constant([]), gid }), optional({ flag })),
  },
  {
    weight: 2,
    arbitrary: request(
      "message",
      fc.record({ from: address, to: recipients }),
      optional({ gid, flag, forced: on }),
    ),
  },
);

/** One step of a walk. */
export interface Step {
  readonly request: Asked;
  /** Seconds since the step before. */
  readonly later: number;
  /** Whether the world is forked first, and in which of the two the walk goes on. */
  readonly fork: "no" | "child" | "parent";
}

const settled = (request: Asked): Step => ({ request, later: 0, fork: "no" });
const users = known.map((one) => settled({ op: "useradd", address: one }));

/** A few users, a group of all of them, and then up to 60 steps with mostly plausible arguments. */
export const walk: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    request("groupadd", fc.constant({ members: known }), optional({ flag, permissions })),
    fc.array(
      fc.record({
        request: anyRequest,
        later: fc.constantFrom(0, 0, 0, 0, 1, 99, 100),
        fork: fc.constantFrom(...Array.from({ length: 14 }, () => "no" as const), "child", "parent"),
      }),
      { maxLength: STEPS, size: "max" },
    ),
  )
  .map(([group, steps]) => users.concat(settled(group), steps));

/** The request with the gid of a living group where it has the place of one; with an unknown gid where there is none. */
export function aimed({ groups }: Model, asked: Asked): Asked {
  const { gid: place } = asked;
  return place === undefined
    ? asked
    : { ...asked, gid: groups[place === UNKNOWN ? -1 : place % groups.length]?.gid ?? FIRST.gid + 1_000 };
}
