import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { collect, families, findOp, leaveAlone, parameters } from "../../src/wire/index.ts";
import { operations } from "../../src/wire/operations/index.ts";

const ops = Object.keys(operations).flatMap((name) => findOp(name) ?? []);

/** The parameters that an operation's codec knows. */
function known(op: (typeof ops)[number]): readonly string[] {
  const schema = z.toJSONSchema(operations[op].request, { io: "input", unrepresentable: "any" });
  return Object.keys(schema.properties ?? {});
}

function nest(path: string, value: unknown): object {
  const [last = "", ...above] = path.split(".").toReversed();
  let node: object = { [last]: value };
  for (const key of above) node = { [key]: node };
  return node;
}

const asJson = (body: object): ReturnType<typeof collect> =>
  collect({ query: "", contentType: "application/json", body: JSON.stringify(body) });

const flat = parameters.flatMap(({ name, aliases = [], json }) =>
  [name, ...aliases.map(({ spelling }) => spelling), ...Object.values(json)]
    .filter((spelling) => !spelling.includes("."))
    .map((spelling) => ({ spelling, name })),
);
const nested = parameters.flatMap(({ name, aliases = [], json }) =>
  [...aliases.map(({ spelling }) => spelling), ...Object.values(json)]
    .filter((spelling) => spelling.includes("."))
    .map((spelling) => ({ spelling, name })),
);

describe("the table of parameters", () => {
  it("has a source for each row and each alias", () => {
    const unsourced = parameters.flatMap(({ name, source, aliases = [] }) =>
      [source, ...aliases.map((alias) => alias.source)].filter((text) => text === "").map(() => name),
    );
    expect(unsourced).toEqual([]);
  });

  it("holds exactly the parameters that the codecs know", () => {
    const inCodecs = new Set(ops.flatMap(known));
    expect(parameters.map(({ name }) => name).toSorted()).toEqual([...inCodecs].toSorted());
  });

  it("has a JSON path in the family of each operation for each of its parameters", () => {
    const paths = new Map(parameters.map(({ name, json }) => [name, json]));
    const lacking = ops.flatMap((op) =>
      known(op).filter((name) => paths.get(name)?.[families[op]] === undefined),
    );
    expect(lacking).toEqual([]);
  });

  it("spells no two parameters alike", () => {
    const meanings = new Map<string, Set<string>>();
    for (const { spelling, name } of [...flat, ...nested]) {
      meanings.set(spelling, (meanings.get(spelling) ?? new Set()).add(name));
    }
    expect([...meanings].filter(([, names]) => names.size > 1)).toEqual([]);
  });

  it("leaves alone only parameters that the operation has", () => {
    const strange = ops.flatMap((op) =>
      Object.keys(leaveAlone[op] ?? {}).filter((name) => !known(op).includes(name)),
    );
    expect(strange).toEqual([]);
  });
});

describe("every spelling is read", () => {
  it.each(flat)("$spelling as $name, in a query, a form and at the top of JSON", ({ spelling, name }) => {
    const text = `${encodeURIComponent(spelling)}=7`;
    expect(collect({ query: text, contentType: "", body: "" }).params).toEqual({ [name]: "7" });
    expect(collect({ query: "", contentType: "", body: text }).params).toEqual({ [name]: "7" });
    expect(asJson({ [spelling]: 7 }).params).toEqual({ [name]: "7" });
  });

  it.each(nested)("$spelling as $name in JSON", ({ spelling, name }) => {
    expect(asJson(nest(spelling, "7")).params).toEqual({ [name]: "7" });
    expect(collect({ query: `${spelling}=7`, contentType: "", body: "" }).params).toEqual({});
  });

  it.each([...flat, ...nested])(
    "$spelling takes no object for $name, nor an array unless it is a list",
    (row) => {
      const { spelling, name } = row;
      const isList = name === "m" || name === "to";
      const nowhere = { elsewhere: 1 };
      const holdsOthers = spelling === "message";
      expect(asJson(nest(spelling, nowhere)).malformed).toEqual(holdsOthers ? [] : [name]);
      expect(asJson(nest(spelling, [nowhere])).malformed).toEqual([name]);
      expect(asJson(nest(spelling, ["a", 1])).malformed).toEqual(isList ? [] : [name]);
      expect(asJson(nest(spelling, null))).toMatchObject({ params: {}, malformed: [] });
    },
  );
});
