import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createMock, startMock } from "../../src/index.ts";

const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();

test("a test no longer sees a group whose time is over", async () => {
  const mock = createMock();
  await mock.fetch(`${mock.url}?token=${mock.token}&op=groupadd&expiry=10`, {});
  mock.world().clock.freeze();
  mock.world().clock.advance(9);
  expect(mock.world().groups()).toHaveLength(1);
  mock.world().clock.advance(2);
  expect(mock.world().groups()).toEqual([]);
});

test("a request whose caller has given up is not done", async () => {
  const mock = createMock();
  const url = `${mock.url}?token=${mock.token}&op=groupadd`;
  await expect(mock.fetch(url, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  await expect(mock.fetch(new Request(url, { signal: AbortSignal.abort() }))).rejects.toThrow(/abort/);
  expect(mock.world().groups()).toEqual([]);
});

test("a phone number whose plus is not encoded is the same user alone, in a list and as a sender", async () => {
  const mock = createMock();
  const call = (query: string) => json(mock.fetch(`${mock.url}?token=${mock.token}&${query}`, {}));
  const gid = 102529;
  await call("op=useradd&addr=+1555&appid=a");
  expect(await call("op=groupadd&name=G&m=+1555&cs=1")).toMatchObject({ group: { gid }, result: true });
  expect(await call(`op=message&from=+1555&gid=${gid}&msg=hi`)).toMatchObject({ result: true });
  expect(await call("op=userset&addr=+1555&active=1")).toMatchObject({ result: true });
  expect(mock.world().users()).toEqual(["1555"]);
  expect(mock.world().groups()).toMatchObject([{ gid, members: [{ address: "1555" }] }]);
});

describe("a body with a byte order mark is read as one without", () => {
  const body = (token: string) => `\uFEFF{"op":"groupadd","token":"${token}"}`;

  test("in process", async () => {
    const mock = createMock();
    const answer = json(mock.fetch(mock.url, { method: "POST", body: body(mock.token) }));
    expect(await answer).toMatchObject({ result: true });
  });

  test("on a port", async () => {
    const mock = await startMock();
    const answer = json(mock.fetch(mock.url, { method: "POST", body: body(mock.token) }));
    expect(await answer).toMatchObject({ result: true });
    await mock.close();
  });
});

test("the bin says in one line that nobody reads where it answers", async () => {
  const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
  const child = spawn(process.execPath, [bin, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, err }).toEqual({
    code: 1,
    err: "mesibo-mock: the URL could not be printed: write EPIPE.\n",
  });
});
