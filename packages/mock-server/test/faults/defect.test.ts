import { expect, test } from "vitest";
import { createMock, startMock } from "../../src/index.ts";

const broken = {
  now: () => {
    throw new Error("a clock that stands for any mistake of ours");
  },
};
const answer = {
  error: "MOCKDEFECT",
  code: 500,
  cause: "The mock failed on this request, and mesibo would not. Please report it with the request.",
  properties: [],
  op: "groupadd",
  result: false,
};

test("a mistake of the mock's own is told as one, and the server lives on", async () => {
  const mock = await startMock(broken);
  for (const _ of [1, 2]) {
    const response = await fetch(`${mock.url}?op=groupadd&token=T`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(answer);
  }
  await mock.close();
});

test("so it is in process", async () => {
  const response = await createMock(broken).fetch("http://mesibo.mock/backend/?op=groupadd&token=T", {});
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual(answer);
});
