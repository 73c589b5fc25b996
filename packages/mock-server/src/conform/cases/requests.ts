import {
  done,
  group,
  listed,
  members,
  refused,
  showing,
  users,
  v2,
  everything,
  nothing,
  type Case,
} from "../case.ts";

const renamed = done("groupset", { group: { gid: "<gid1>" } });
const form = (text: string): string => `token=<token>&${text}`;

/** How requests are read. */
export const requestCases: readonly Case[] = [
  {
    id: "encodings",
    title: "a request is the same in a query, a form and JSON, with any method",
    steps: [
      group(),
      showing(
        {
          ...v2({ op: "" }, renamed),
          json: undefined,
          method: "GET",
          query: form("op=groupset&gid=<gid1>&name=~a"),
        },
        "any_encoding",
        "status_200",
      ),
      showing(
        { ...v2({ op: "" }, renamed), json: undefined, form: form("op=groupset&gid=<gid1>&name=~a") },
        "any_encoding",
      ),
      showing(
        {
          ...v2({ op: "" }, renamed),
          json: undefined,
          method: "PUT",
          form: form("op=groupset&gid=<gid1>&name=~a"),
        },
        "any_encoding",
      ),
      showing(
        {
          ...v2({ op: "" }, renamed),
          json: undefined,
          method: "DELETE",
          query: form("op=groupset&gid=<gid1>&name=~a"),
        },
        "any_encoding",
      ),
      showing(
        v2({ op: "groupset", sig: "none", group: { gid: "<gid1>", name: "~a", what: 5 } }, renamed),
        "unknown_ignored",
      ),
      showing(
        v2(
          { op: "groupset", id: 77, group: { gid: "<gid1>", name: "~a" } },
          { group: { gid: "<gid1>" }, id: 77, op: "groupset", result: true },
        ),
        "id_echoed",
      ),
    ],
  },
  {
    id: "json-wins",
    title: "JSON wins over the query, and nested over flat",
    steps: [
      ...users("a", "b"),
      group(),
      showing(
        {
          ...v2(
            {
              op: "groupeditmembers",
              group: { gid: "<gid1>", members: { m: "~a", permissions: everything } },
            },
            done("groupeditmembers"),
          ),
          query: "m=~b&op=groupdel",
        },
        "json_wins",
      ),
      showing(listed({ uid: "<uid1>", address: "~a", permissions: everything }), "json_wins"),
      showing(
        v2(
          {
            op: "groupeditmembers",
            m: "~a",
            group: { gid: "<gid1>", members: { m: "~b", permissions: nothing } },
          },
          done("groupeditmembers"),
        ),
        "nested_wins",
      ),
      showing(
        listed(
          { uid: "<uid1>", address: "~a", permissions: everything },
          { uid: "<uid2>", address: "~b", permissions: nothing },
        ),
        "nested_wins",
        "joining_order",
      ),
    ],
  },
  {
    id: "lists",
    title: "a list may be repeated, have spaces, gaps and doubles",
    steps: [
      ...users("a", "b"),
      group(),
      showing(
        {
          ...v2({ op: "" }, done("groupeditmembers")),
          json: undefined,
          form: form("op=groupeditmembers&gid=<gid1>&m=~b&m=~a&cs=0&cr=0&canpub=0&cansub=0&canlist=0"),
        },
        "repeated_list",
      ),
      showing(
        listed(
          { uid: "<uid2>", address: "~b", permissions: nothing },
          { uid: "<uid1>", address: "~a", permissions: nothing },
        ),
        "repeated_list",
      ),
      showing(members(" ~a ,, ~b,~a,"), "list_items"),
      showing(
        listed(
          { uid: "<uid2>", address: "~b", permissions: everything },
          { uid: "<uid1>", address: "~a", permissions: everything },
        ),
        "list_items",
      ),
    ],
  },
  {
    id: "plus",
    title: "an unencoded + is a space, which an address drops at its ends",
    steps: [
      {
        ...v2({ op: "" }, done("useradd", { user: { uid: "<uid1>", address: "~a" } })),
        json: undefined,
        form: form("op=useradd&addr=%20~a+"),
        shows: ["plus_is_space", "address_trimmed"],
      },
      showing(
        v2(
          { op: "useradd", user: { address: "~a" } },
          done("useradd", { user: { uid: "<uid1>", address: "~a" } }),
        ),
        "same_user_again",
      ),
    ],
  },
  {
    id: "leave-alone",
    title: "empty text and -1 leave a setting as it is",
    steps: [
      v2(
        { op: "groupadd", group: { name: "~kept", flags: 17, duration: 600 } },
        done("groupadd", { group: { gid: "<gid1>" } }),
      ),
      showing(
        {
          ...v2({ op: "" }, renamed),
          json: undefined,
          form: form("op=groupset&gid=<gid1>&name=&flag=-1&expiry=-1&active=-1&pinned=1"),
        },
        "leave_alone",
      ),
      showing(
        v2(
          { op: "groupsget", group: { name: "~kept" } },
          done("groupsget", {
            groups: [
              { gid: "<gid1>", name: "~kept", flag: 17, expinsec: 600, expiryext: 0, active: 1, pinned: 1 },
            ],
            count: 1,
            groupscount: "<number>",
          }),
        ),
        "leave_alone",
        "groupsget_answer",
      ),
    ],
  },
  {
    id: "flag-text",
    title: "a flag is decimal or hexadecimal, and unknown bits are kept, the DELETE bit alone not",
    steps: [
      {
        ...v2({ op: "" }, done("groupadd", { group: { gid: "<gid1>" } })),
        json: undefined,
        form: form("op=groupadd&name=~flags&flag=0x91"),
        shows: ["flag_text"],
      },
      showing(
        {
          ...v2({ op: "" }, refused("groupset", "BADPARA", 400, "flag")),
          json: undefined,
          form: form("op=groupset&gid=<gid1>&flag=-5"),
        },
        "flag_text",
        "refusal_malformed",
        "failure_shape",
      ),
    ],
  },
];
