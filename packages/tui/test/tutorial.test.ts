import { expect, test } from "vitest";
import { tutorial } from "../src/tutorial/tutorial.ts";

async function text(): Promise<string> {
  const lines: string[] = [];
  for await (const line of tutorial()) lines.push(line);
  return `${lines.join("\n")}\n`;
}

test("the tutorial tells the whole story, the same every time", async () => {
  const told = await text();
  await expect(told).toMatchFileSnapshot("frames/tutorial.txt");
  expect(await text()).toBe(told);
});

test("the tutorial names the first gid, the refusal and the masked token, and nothing that moves a cursor", async () => {
  const told = await text();
  expect(told).toContain("102529");
  expect(told).toContain("m=member1,member2,member3");
  expect(told).toContain("&delete=0");
  expect(told).toContain("You can only add valid users");
  expect(told).toContain("token=$MESIBO_APP_TOKEN");
  expect(told).not.toContain("mock-app-token");
  expect(told).toMatch(/^[\n\u0020-\u007e]*$/);
});

test("no line of the tutorial's own words is too wide to read", async () => {
  const own = (await text()).split("\n").filter((line) => !/^ {4}(?:POST|answer)/.test(line));
  expect(own.filter((line) => line.length > 110)).toEqual([]);
});
