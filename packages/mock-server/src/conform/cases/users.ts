import {
  done,
  everything,
  group,
  listed,
  members,
  showing,
  users,
  v2,
  type Case,
  type Expected,
  type Step,
} from "../case.ts";

const user = (uid: string, address: string, settings: Expected = {}): Expected => ({
  uid,
  address,
  active: 1,
  pinned: 0,
  online: 0,
  flag: 0,
  appid: "",
  ...settings,
});

const find = (pattern: string, ...rows: readonly Expected[]): Step =>
  v2(
    { op: "usersget", user: { address: pattern } },
    done("usersget", { users: rows, count: rows.length, userscount: "<number>" }),
  );

/** Users, lists and messages. */
export const userCases: readonly Case[] = [
  {
    id: "known-user",
    title: "a known address keeps its uid and gets a new token; without an appid there is none",
    steps: [
      ...users("a").map((step) => showing(step, "token_needs_appid")),
      showing(
        v2(
          { op: "useradd", user: { address: "~a", token: { appid: "conform" } } },
          done("useradd", { user: { uid: "<uid1>", address: "~a", appid: "conform", token: "<token1>" } }),
        ),
        "same_user_again",
      ),
      showing(
        v2(
          { op: "useradd", user: { address: "~a", token: { appid: "conform" } } },
          done("useradd", { user: { uid: "<uid1>", address: "~a", appid: "conform", token: "<token2>" } }),
        ),
        "same_user_again",
      ),
    ],
  },
  {
    id: "deleted-user",
    title: "a deleted user leaves their groups, and the groups stay",
    steps: [
      ...users("a", "b"),
      group(),
      members("~a,~b"),
      v2({ op: "userdel", user: { address: "~a" } }, done("userdel")),
      showing(listed({ uid: "<uid2>", address: "~b", permissions: everything }), "deleted_user_leaves"),
    ],
  },
  {
    id: "search",
    title: "a search minds upper case, and * stands for any text",
    steps: [
      ...users("Ann", "ann"),
      showing(find("~A*", user("<uid1>", "~Ann")), "pattern_minds_case"),
      showing(
        find("~*nn", user("<uid1>", "~Ann"), user("<uid2>", "~ann")),
        "pattern_minds_case",
        "online_by_hand",
      ),
    ],
  },
  {
    id: "counts",
    title: "a list has 20 rows where none or 0 are asked for",
    steps: [
      v2(
        {
          op: "message",
          from: "~00",
          to: Array.from({ length: 21 }, (_, index) => `~${String(index + 1).padStart(2, "0")}`).join(","),
          message: "hi",
          forced: true,
        },
        done("message", { mid: "<mid1>" }),
      ),
      group({}),
      members(Array.from({ length: 21 }, (_, index) => `~${String(index + 1).padStart(2, "0")}`).join(",")),
      ...[{ rule: "twenty_by_default" }, { rule: "count_zero", count: 0 }].map(({ rule, count }) =>
        showing(
          v2(
            { op: "groupgetmembers", group: { gid: "<gid1>" }, ...(count === undefined ? {} : { count }) },
            done("groupgetmembers", {
              count: 20,
              gid: "<gid1>",
              members: Array.from({ length: 20 }, (_, index) => ({
                uid: `<uid${index + 1}>`,
                address: `~${String(index + 1).padStart(2, "0")}`,
                permissions: everything,
              })),
            }),
          ),
          rule,
        ),
      ),
    ],
  },
  {
    id: "forced",
    title: "with forced, who is no user is made",
    steps: [
      showing(
        v2(
          { op: "message", from: "~new", to: "~other", message: "hi", forced: true },
          done("message", { mid: "<mid1>" }),
        ),
        "forced_makes_users",
      ),
      showing(find("~*", user("<uid1>", "~new"), user("<uid2>", "~other")), "forced_makes_users"),
    ],
  },
];
