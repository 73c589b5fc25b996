import { group, members, refused, showing, users, v2, type Case, type Step } from "../case.ts";

const message = (from: string, error: string, code: number, property: string): Step =>
  v2({ op: "message", from, gid: "<gid1>", message: "hi" }, refused("message", error, code, property));

/** What is refused, and with which words. */
export const refusalCases: readonly Case[] = [
  {
    id: "token",
    title: "a token that is none is refused before anything else is looked at",
    steps: [
      showing(
        v2({ op: "groupdel", token: "no-token" }, refused("groupdel", "AUTHFAIL", 401, "token")),
        "refusal_auth",
        "token_first",
      ),
      showing(
        v2({ op: "conform", token: "no-token" }, refused("conform", "AUTHFAIL", 401, "token")),
        "token_first",
      ),
    ],
  },
  {
    id: "op",
    title: "an op that is none is refused",
    steps: [showing(v2({ op: "conform" }, refused("conform", "BADOP", 400, "op")), "refusal_op")],
  },
  {
    id: "parameters",
    title: "what is missing or cannot be read is named",
    steps: [
      showing(v2({ op: "groupdel" }, refused("groupdel", "MISSINGPARA", 400, "gid")), "refusal_missing"),
      showing(
        v2({ op: "groupdel", group: { gid: "five" } }, refused("groupdel", "BADPARA", 400, "gid")),
        "refusal_malformed",
      ),
      showing(
        {
          ...v2({ op: "" }, refused("", "BADREQUEST", 400)),
          json: undefined,
          query: "token=<token>",
          form: "{",
        },
        "refusal_body",
      ),
    ],
  },
  {
    id: "gid",
    title: "a gid that is none is refused",
    steps: [
      group(),
      v2({ op: "groupdel", group: { gid: "<gid1>" } }, { op: "groupdel", result: true }),
      showing(
        v2({ op: "groupdel", group: { gid: "<gid1>" } }, refused("groupdel", "BADGROUP", 404, "gid")),
        "refusal_group",
      ),
    ],
  },
  {
    id: "user",
    title: "who is no user is refused, as a member, a sender and a recipient",
    steps: [
      ...users("a"),
      group(),
      showing(
        v2(
          { op: "groupeditmembers", group: { gid: "<gid1>", members: { m: "~ghost" } } },
          refused("groupeditmembers", "BADUSER", 404, "m"),
        ),
        "refusal_user",
        "only_users",
      ),
      showing(
        v2(
          { op: "message", from: "~ghost", to: "~a", message: "hi" },
          refused("message", "BADUSER", 404, "from"),
        ),
        "strangers_refused",
      ),
      showing(
        v2(
          { op: "message", from: "~a", to: "~ghost", message: "hi" },
          refused("message", "BADUSER", 404, "to"),
        ),
        "strangers_refused",
      ),
    ],
  },
  {
    id: "sending",
    title: "who may not send is refused, and why",
    steps: [
      ...users("a", "b"),
      group({ flags: 1 }),
      members("~a", { send: false, recv: true, pub: false, sub: false, list: false }),
      showing(message("~b", "NOTMEMBER", 403, "from"), "refusal_notMember", "not_a_member"),
      showing(message("~a", "PERMISSION", 403, "from"), "refusal_permission", "member_not_selected"),
      v2(
        { op: "groupset", group: { gid: "<gid1>", active: false } },
        { group: { gid: "<gid1>" }, op: "groupset", result: true },
      ),
      showing(message("~a", "GROUPPAUSED", 403, "gid"), "refusal_paused", "group_inactive"),
    ],
  },
  {
    id: "long-address",
    title: "an address over 63 bytes is no user",
    steps: [
      showing(
        v2(
          { op: "useradd", user: { address: `~${"x".repeat(64)}` } },
          refused("useradd", "BADPARA", 400, "addr"),
        ),
        "longest_address",
      ),
    ],
  },
];
