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
  cause:
    "The mock failed on this request, and mesibo would not (Error: a clock that stands for any mistake of ours). Please report it with the request.",
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

test("a seed that contradicts itself is named, since that is nobody's defect but the test's", async () => {
  const seed = { users: ["a"], groups: [{ name: "G", members: [{ address: "b" }] }] };
  const response = await createMock({ seed }).fetch("http://mesibo.mock/backend/?op=groupsget&token=T", {});
  expect(await response.json()).toMatchObject({
    error: "MOCKDEFECT",
    cause:
      'The mock could not make this world, since its seed contradicts itself: seed: member "b" is not among the seed\'s users.',
  });
});
