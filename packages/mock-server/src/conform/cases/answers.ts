import { done, doneV1, group, refused, showing, v1, v2, type Case } from "../case.ts";

const form = (text: string): string => `token=<token>&${text}`;

/** How answers are written, an alias of an op and the envelope of `/api.php`. */
export const answerCases: readonly Case[] = [
  {
    id: "getmembers",
    title: "getmembers is groupgetmembers, and is echoed as it was spelled",
    steps: [
      group(),
      showing(
        {
          ...v2({ op: "" }, { count: 0, gid: "<gid1>", members: [], op: "getmembers", result: true }),
          json: undefined,
          form: form("op=getmembers&gid=<gid1>"),
        },
        "alias_getmembers",
        "op_echoed",
      ),
    ],
  },
  {
    id: "api-php",
    title: "/api.php answers with the app, its times as text, and the counters from before",
    steps: [
      showing(
        v1("op=groupadd&name=~old", doneV1("groupadd", { group: { gid: "<gid1>" } })),
        "envelope_by_path",
        "counters_before",
      ),
      showing(
        v1("op=useradd&addr=~a", refused("useradd", "MISSINGPARA", 400, "appid")),
        "appid_mandatory",
        "refusal_missing",
      ),
      v2(
        { op: "useradd", user: { address: "~a" } },
        done("useradd", { user: { uid: "<uid1>", address: "~a" } }),
      ),
      v1(
        "op=groupeditmembers&gid=<gid1>&m=~a&cs=1&cr=0&canpub=0&cansub=0&canlist=0",
        doneV1("groupeditmembers"),
      ),
      showing(
        v1(
          "op=groupgetmembers&gid=<gid1>&count=500",
          doneV1("groupgetmembers", {
            members: [{ address: "~a", cansend: "1", canrecv: "0", canpub: "0", cansub: "0", canlist: "0" }],
          }),
        ),
        "members_answer",
        "count_clamped",
      ),
    ],
  },
];
