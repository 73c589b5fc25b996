import { createClient } from "@mesibo-groups/core";
import { startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CANARY, runOn } from "./support.ts";

let mock: RunningMock;

beforeEach(async () => {
  mock = await startMock({ tokens: [CANARY] });
});

afterEach(() => mock.close());

const makeGroup = (name: string) => createClient({ token: CANARY, url: mock.url }).groups.create({ name });

const opsOf = (out: string): readonly unknown[] =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly op: string }).op);

test("the latest requests are printed, and it ends when it is not to follow", async () => {
  await makeGroup("A");
  await makeGroup("B");
  const argv = ["requests", "tail", "--no-follow", "--last", "1"];
  const { code, out, err } = await runOn(argv, { environment: { MESIBO_URL: mock.url } });
  expect({ code, err, ops: opsOf(out) }).toEqual({ code: 0, err: "", ops: ["groupadd"] });
  expect(JSON.parse(out)).toMatchObject({ n: 2, result: "done" });
});

test("it follows until it is stopped, each request once", async () => {
  await makeGroup("A");
  const stop = new AbortController();
  const seen: string[] = [];
  let made: Promise<unknown> = Promise.resolve();
  const { code, err } = await runOn(["requests", "tail"], {
    environment: { MESIBO_URL: mock.url },
    signal: stop.signal,
    onOut: (text) => {
      seen.push(text);
      if (seen.length < 3) made = makeGroup("another");
      else stop.abort("SIGINT");
    },
  });
  await made;
  expect({ code, err, numbers: seen.map((line) => (JSON.parse(line) as { n: number }).n) }).toEqual({
    code: 130,
    err: "",
    numbers: [1, 2, 3],
  });
});

test("a server that is no mock is never given the token in a URL", async () => {
  const bare = await startMock({ tokens: [CANARY], control: false });
  const { code, err } = await runOn(["requests", "tail"], { environment: { MESIBO_URL: bare.url } });
  await bare.close();
  expect(code).toBe(2);
  expect(err).toContain("Start mesibo-mock without --no-control.");
});

test("an app token that the mock does not know is not found, and a mock that is gone was not reached", async () => {
  const other = { MESIBO_URL: mock.url, MESIBO_APP_TOKEN: "some-other-token" };
  expect(await runOn(["requests", "tail", "--no-follow"], { environment: other })).toMatchObject({ code: 8 });
  const gone = await startMock();
  await gone.close();
  const ended = await runOn(["requests", "tail"], { environment: { MESIBO_URL: gone.url } });
  expect(ended).toMatchObject({ code: 4, out: "" });
});
