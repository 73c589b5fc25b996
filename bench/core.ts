import {
  decodeFlags,
  effective,
  explainFlags,
  flagPresets,
  type Permissions,
} from "../packages/core/src/index.ts";
import { collect, decodeRequest, encodeRequest } from "../packages/core/src/wire/index.ts";
import type { Row } from "./bench.ts";
import { median, paired, type Figure } from "./stats.ts";

const FORM = "application/x-www-form-urlencoded";
const CALLS = 5_000;
const MEMBERS = 100_000;

const permissions: Permissions = { send: true, receive: true, publish: false, subscribe: true, list: false };
const edit = {
  gid: 102529,
  members: ["alice@example.com", "bob@example.com"],
  permissions,
  remove: false,
} as const;

const bit = (value: boolean): string => (value ? "1" : "0");

/** What somebody writes who has no library. */
function encodeByHand(): string {
  const form = new URLSearchParams({ op: "groupeditmembers" });
  form.set("gid", String(edit.gid));
  form.set("m", edit.members.join(","));
  form.set("cs", bit(permissions.send));
  form.set("cr", bit(permissions.receive));
  form.set("canpub", bit(permissions.publish));
  form.set("cansub", bit(permissions.subscribe));
  form.set("canlist", bit(permissions.list));
  form.set("delete", "0");
  form.set("token", "t");
  return form.toString();
}

const encode = (): string =>
  encodeRequest({ op: "groupeditmembers", request: edit, dialect: "form", token: "t" }).body;

const body = encodeByHand();
const isOn = (form: URLSearchParams, name: string): boolean => form.get(name) === "1";

/** The same by hand: without checks, aliases, JSON and the values that leave something alone. */
function decodeByHand(): { readonly gid: number; readonly members: readonly string[] } & Permissions {
  const form = new URLSearchParams(body);
  return {
    gid: Number(form.get("gid")),
    members: (form.get("m") ?? "").split(","),
    send: isOn(form, "cs"),
    receive: isOn(form, "cr"),
    publish: isOn(form, "canpub"),
    subscribe: isOn(form, "cansub"),
    list: isOn(form, "canlist"),
  };
}

function decode(): number {
  const decoded = decodeRequest("groupeditmembers", collect({ query: "", contentType: FORM, body }));
  if (!decoded.ok) throw new Error("the bench's own request was not read");
  return decoded.request.gid;
}

/** Microseconds of one call. */
function time(work: () => unknown, calls = CALLS): number {
  const started = performance.now();
  for (let call = 0; call < calls; call += 1) work();
  return ((performance.now() - started) * 1_000) / calls;
}

interface Times {
  readonly rounds: number;
  readonly calls?: number;
}

/** Both in turn, after three rounds that warm up. */
function inTurn(left: () => unknown, right: () => unknown, { rounds, calls }: Times): [number[], number[]] {
  const times: [number[], number[]] = [[], []];
  for (let round = -3; round < rounds; round += 1) {
    const [one, other] = [time(left, calls), time(right, calls)];
    if (round < 0) continue;
    times[0].push(one);
    times[1].push(other);
  }
  return times;
}

/** How often in a second, from microseconds. */
const rate = (name: string, samples: readonly number[]): Figure => ({
  name,
  value: 1_000_000 / median(samples),
  unit: "1/s",
  target: "none",
  samples,
});

/** What core's codecs cost beside code by hand, and what it costs to explain and to decide. */
export function coreRows(rounds: number): readonly Row[] {
  if (encode() !== body) throw new Error(`core writes ${encode()}, and by hand it is ${body}`);
  const [encoded, byHand] = inTurn(encode, encodeByHand, { rounds });
  const [decoded, readByHand] = inTurn(decode, decodeByHand, { rounds });
  const flags = decodeFlags(0x91);
  const [explained] = inTurn(
    () => explainFlags(flags),
    () => undefined,
    { rounds },
  );
  const { restricted } = flagPresets;
  const everybody = Array.from({ length: MEMBERS }, (_, index) => ({
    ...permissions,
    send: index % 3 === 0,
  }));
  const [decided] = inTurn(
    () => everybody.filter((member) => effective(restricted, member).send.allowed).length,
    () => undefined,
    { rounds, calls: 1 },
  );
  const of = "URLSearchParams by hand";
  return [
    paired(
      { name: "encoding groupeditmembers as a form", of, target: "none", unit: "µs" },
      ["core", encoded],
      ["by hand", byHand],
    ),
    paired(
      { name: "decoding it, checks and aliases included", of, target: "none", unit: "µs" },
      ["core", decoded],
      ["by hand", readByHand],
    ),
    rate("groupeditmembers encoded", encoded),
    rate("groupeditmembers decoded", decoded),
    rate("flags explained", explained),
    {
      name: `effective over ${MEMBERS.toLocaleString("en")} members`,
      value: median(decided) / 1_000,
      unit: "ms",
      target: "none",
      samples: decided.map((microseconds) => microseconds / 1_000),
    },
  ];
}
