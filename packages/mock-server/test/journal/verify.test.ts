import { describe, expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { control } from "../support/control.ts";

const T = "mock-app-token";

async function ask(mock: Mock, query: string): Promise<void> {
  await mock.fetch(`${mock.url}?token=${T}&${query}`, {});
}

async function recorded(): Promise<Mock> {
  const mock = createMock({ seed: { users: ["a", "b", "c"], groups: [{ name: "G" }] } });
  await ask(mock, "op=groupeditmembers&gid=102529&m=a,b&cs=1");
  await ask(mock, "op=groupeditmembers&gid=102529&m=c&cs=0");
  await ask(mock, "op=groupdel&gid=5");
  await ask(mock, "op=getmembers&gid=102529");
  return mock;
}

const added = { op: "groupeditmembers", params: { gid: 102529, m: ["a", "b"], cs: true } };

describe("a request is as expected", () => {
  test.each([
    ["whatever the order of a list", { params: { m: ["b", "a"] } }],
    ["whatever is repeated in a list", { params: { m: "b,a, b ," } }],
    ["with a number as text", { params: { gid: "102529", m: ["a", "b"] } }],
    ["with a switch as true, 1 or text", { params: { cs: true } }],
    ["by an alias of a parameter", { params: { "m[]": ["a", "b"] } }],
    ["by what is given alone", { op: "groupeditmembers", params: { cs: 1 } }],
  ])("%s", async (_, expected) => {
    expect((await recorded()).world().verify(expected, { at_least: 1, at_most: 1 })).toEqual({
      ok: true,
      count: 1,
      matches: [1],
      nearest: [],
    });
  });

  test.each(["getmembers", "groupgetmembers"])("by its op under any of its names: %s", async (op) => {
    expect((await recorded()).world().verify({ op })).toMatchObject({ ok: true, matches: [4] });
  });

  test("in any spelling and encoding of the same parameters", async () => {
    const mock = await recorded();
    const body = {
      op: "groupeditmembers",
      token: T,
      group: { gid: 102529, members: { m: ["b", "a"], permissions: { send: true } } },
    };
    await mock.fetch(mock.url, { method: "POST", body: JSON.stringify(body) });
    expect(mock.world().verify(added).matches).toEqual([1, 5]);
  });

  test("by mesibo's refusal", async () => {
    const mock = await recorded();
    expect(mock.world().verify({ result: "refused", error: "BADGROUP" }).matches).toEqual([3]);
    expect(mock.world().verify({ result: "refused" }).count).toBe(1);
    expect(mock.world().verify({ result: "done" }).count).toBe(3);
  });

  test("although its body was too long for the journal", async () => {
    const mock = createMock();
    const m = Array.from({ length: 5_000 }, (_, n) => `stranger${n}`);
    const body = { group: { members: { m }, gid: 102529 }, op: "groupeditmembers", token: T };
    await mock.fetch(mock.url, { method: "POST", body: JSON.stringify(body) });
    const { verify } = mock.world();
    expect(verify({ op: "groupeditmembers", params: { gid: 102529 } }).ok).toBe(true);
    const { nearest } = verify({ op: "groupeditmembers", params: { gid: 102529, m } });
    expect(nearest).toMatchObject([{ n: 1, differences: [{ field: "params.m" }] }]);
    expect(nearest[0]?.differences[0]?.actual).toMatch(/^stranger0,.*…$/);
  });
});

describe("as many came as were expected", () => {
  test.each([
    [undefined, true],
    [{ at_least: 2 }, true],
    [{ at_least: 3 }, false],
    [{ at_most: 2 }, true],
    [{ at_most: 1 }, false],
    [{ at_least: 2, at_most: 2 }, true],
    [{ at_least: 0 }, true],
  ])("%j", async (count, ok) => {
    const mock = await recorded();
    const expected = { op: "groupeditmembers" };
    expect(mock.world().verify(expected, count)).toMatchObject({ ok, count: 2, matches: [1, 2] });
    const body = count === undefined ? expected : { ...expected, count };
    expect((await control(mock, "POST", `/worlds/${T}/verify`, body)).json).toMatchObject({ ok, count: 2 });
  });

  test("none, where none may", async () => {
    const mock = await recorded();
    const answer = await control(mock, "POST", `/worlds/${T}/verify`, { op: "groupadd", count: 0 });
    expect(answer.json).toEqual({ ok: true, count: 0, matches: [], nearest: [] });
    expect(mock.world().verify({ op: "groupadd" }, { at_most: 0 }).ok).toBe(true);
  });
});

describe("where too few came, the nearest are told with what differs", () => {
  test("the one with the fewest differences first, and another op is far away", async () => {
    const expected = { op: "groupeditmembers", params: { gid: 102529, m: ["c", "d"], cs: false } };
    expect((await recorded()).world().verify(expected)).toEqual({
      ok: false,
      count: 0,
      matches: [],
      nearest: [
        { n: 2, differences: [{ field: "params.m", expected: "c,d", actual: "c" }] },
        {
          n: 1,
          differences: [
            { field: "params.m", expected: "c,d", actual: "a,b" },
            { field: "params.cs", expected: "0", actual: "1" },
          ],
        },
        {
          n: 4,
          differences: [
            { field: "op", expected: "groupeditmembers", actual: "groupgetmembers" },
            { field: "params.m", expected: "c,d", actual: undefined },
            { field: "params.cs", expected: "0", actual: undefined },
          ],
        },
      ],
    });
  });

  test("of equally near ones the latest first", async () => {
    const mock = createMock();
    for (const name of ["a", "b", "c", "d"]) await ask(mock, `op=groupadd&name=${name}`);
    const { nearest } = mock.world().verify({ op: "groupadd", params: { name: "x" } });
    expect(nearest.map(({ n }) => n)).toEqual([4, 3, 2]);
  });

  test("a result that differs says so", async () => {
    const mock = await recorded();
    expect(mock.world().verify({ op: "groupdel", result: "done" }).nearest[0]).toEqual({
      n: 3,
      differences: [{ field: "result", expected: "done", actual: "refused" }],
    });
  });

  test("and nothing is near where too many came", async () => {
    const mock = await recorded();
    expect(mock.world().verify({ op: "groupdel" }, { at_most: 0 }).nearest).toEqual([]);
  });
});

test.each([
  ["op=groupset&gid=1&active=true", { active: true }],
  ["op=groupset&gid=1&active=1", { active: "true" }],
  ["op=groupadd&name=x&flag=0x20", { flag: 32 }],
  ["op=groupadd&name=x&flag=32", { flag: "0x20" }],
  ["op=useradd&addr=+1555&appid=a", { addr: "1555" }],
])("%s is a request with %j: mesibo reads both the same", async (request, params) => {
  const mock = createMock();
  await mock.fetch(`${mock.url}?token=${mock.token}&${request}`, {});
  expect(mock.world().verify({ params }).count).toBe(1);
});

test("an expectation that nothing could meet is refused: a test that forbids it would always pass", async () => {
  const world = (await recorded()).world();
  const never = { at_least: 0, at_most: 0 };
  expect(() => world.verify({ op: "groupdle" }, never)).toThrow(
    'op: "groupdle" is no op; did you mean "groupdel"?',
  );
  expect(() => world.verify({ op: "groupdel", params: { gdi: 5 } }, never)).toThrow(
    'params: "gdi" is no parameter of mesibo\'s; did you mean "gid"?',
  );
  for (const params of [{ name: "" }, { m: [] }])
    expect(() => world.verify({ op: "groupadd", params }, never)).toThrow(
      "mesibo reads an empty value as none",
    );
  expect(() => world.verify({ op: "groupdel" }, { at_least: 2, at_most: 1 })).toThrow(
    "count: at_least is 2, and at_most only 1",
  );
});
