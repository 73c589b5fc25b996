import {
  done,
  everything,
  group,
  listed,
  members,
  nothing,
  refused,
  showing,
  users,
  v2,
  type Case,
  type Expected,
  type Step,
} from "../case.ts";

const set = (settings: Expected): Step =>
  v2(
    { op: "groupset", group: { gid: "<gid1>", ...settings } },
    done("groupset", { group: { gid: "<gid1>" } }),
  );

const YEAR = 31_536_000;

/** The first group as groupsget lists it. */
const row = (settings: Expected = {}): Step =>
  v2(
    { op: "groupsget", group: { name: "~group" } },
    done("groupsget", {
      groups: [
        {
          gid: "<gid1>",
          name: "~group",
          flag: 0,
          expinsec: YEAR,
          expiryext: 0,
          active: 1,
          pinned: 0,
          ...settings,
        },
      ],
      count: 1,
      groupscount: "<number>",
    }),
  );

const none = v2(
  { op: "groupsget", group: { name: "~group" } },
  done("groupsget", { groups: [], count: 0, groupscount: "<number>" }),
);

const edit = (settings: Expected): Step =>
  v2({ op: "groupeditmembers", group: { gid: "<gid1>", members: settings } }, done("groupeditmembers"));

const permissions = (changes: Expected): Expected => ({ ...nothing, ...changes });

/** Groups and their members. */
export const groupCases: readonly Case[] = [
  {
    id: "twins",
    title: "two equal groupadds make two groups",
    steps: [
      group(),
      showing(
        v2({ op: "groupadd", group: { name: "~group" } }, done("groupadd", { group: { gid: "<gid2>" } })),
        "twins",
      ),
    ],
  },
  {
    id: "expiry",
    title: "an expiry of 0 is one year, one below -1 leaves it alone, each message pushes it by expiryext",
    steps: [
      ...users("a"),
      group({ duration: 0 }),
      showing(row(), "expiry_zero"),
      set({ duration: 600, expiryext: 600 }),
      showing(set({ duration: -7 }), "expiry_below_zero_stays"),
      showing(row({ expinsec: 600, expiryext: 600 }), "expiry_below_zero_stays"),
      members("~a"),
      v2({ op: "message", from: "~a", gid: "<gid1>", message: "hi" }, done("message", { mid: "<mid1>" })),
      showing(row({ expinsec: 1200, expiryext: 600 }), "message_extends_expiry"),
    ],
  },
  {
    id: "expired",
    title: "a group is gone when its expiry is over",
    steps: [
      group({ duration: 1 }),
      showing({ ...none, waitMs: 2_100 }, "expired_is_gone"),
      showing(
        v2(
          { op: "groupset", group: { gid: "<gid1>", name: "~x" } },
          refused("groupset", "BADGROUP", 404, "gid"),
        ),
        "expired_is_gone",
      ),
    ],
  },
  {
    id: "delete-bit",
    title: "the DELETE bit is not stored, other unknown bits are",
    steps: [group({ flags: 0x8000_0000 + 0x4000 }), showing(row({ flag: 0x4000 }), "delete_bit_not_stored")],
  },
  {
    id: "replace",
    title: "m on groupset replaces the members, and an empty one leaves them",
    steps: [
      ...users("a", "b"),
      group(),
      members("~a"),
      showing(set({ members: { m: "~b", permissions: everything } }), "groupset_replaces_members"),
      showing(listed({ uid: "<uid2>", address: "~b", permissions: everything }), "groupset_replaces_members"),
      showing(set({ members: { m: " , " } }), "groupset_empty_list"),
      showing(listed({ uid: "<uid2>", address: "~b", permissions: everything }), "groupset_empty_list"),
    ],
  },
  {
    id: "members",
    title: "permissions that are not given are off for a new member and stay for a known one",
    steps: [
      ...users("a", "b"),
      group(),
      showing(edit({ m: "~a", permissions: { send: true } }), "permissions_not_given"),
      showing(
        listed({ uid: "<uid1>", address: "~a", permissions: permissions({ send: true }) }),
        "permissions_not_given",
      ),
      showing(edit({ m: "~a", permissions: { recv: true } }), "permissions_not_given"),
      showing(
        listed({ uid: "<uid1>", address: "~a", permissions: permissions({ send: true, recv: true }) }),
        "permissions_not_given",
      ),
    ],
  },
  {
    id: "all-or-nothing",
    title: "a list with one address that is no user changes nothing",
    steps: [
      ...users("a"),
      group(),
      showing(
        v2(
          { op: "groupeditmembers", group: { gid: "<gid1>", members: { m: "~a,~ghost" } } },
          refused("groupeditmembers", "BADUSER", 404, "m"),
        ),
        "all_or_nothing",
      ),
      showing(listed(), "all_or_nothing"),
    ],
  },
  {
    id: "removing",
    title: "removing nobody is done, and a list without an address is refused",
    steps: [
      ...users("a"),
      group(),
      showing(edit({ m: "~a,~ghost", remove: 1 }), "removing_nobody"),
      showing(
        v2(
          { op: "groupeditmembers", group: { gid: "<gid1>", members: { m: " , " } } },
          refused("groupeditmembers", "MISSINGPARA", 400, "m"),
        ),
        "list_needed",
      ),
    ],
  },
];
