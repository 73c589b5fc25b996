import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readMembers } from "../src/bulk/read.ts";
import { noDesk } from "../src/desk/desk.ts";
import { saveNew } from "../src/desk/save.ts";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

async function open(): Promise<
  TestApp & { readonly read: (name: string) => Promise<string>; readonly into: string }
> {
  const into = await mkdtemp(join(tmpdir(), "mesibo-lists-"));
  const save = (name: string, text: string) => saveNew(into, { name, text });
  const app = await openApp({ desk: { ...noDesk, save } });
  onTestFinished(async () => {
    await app.close();
    await rm(into, { recursive: true });
  });
  return { ...app, into, read: (name) => readFile(join(into, name), "utf8") };
}

const STAMP = "2026-11-23-13-05-22";

test("the groups shown become CSV, JSON and NDJSON", async () => {
  const { press, program, read, into } = await open();
  await press("/", ...Array.from("/news|lobby/"), "enter", "x", "enter");
  expect(program.state().notice?.text).toBe(`Wrote 2 groups to ${join(into, `mesibo-groups-${STAMP}.csv`)}.`);
  expect(await read(`mesibo-groups-${STAMP}.csv`)).toMatch(
    /^gid,name,flag,send,receive,store,loopback,expiry,active\n102529,News,1,selected,members,true,false,\d+,true\n102532,Lobby,2,anyone,members,true,false,\d+,true\n$/,
  );
  await press("x", "ctrl+u", ...Array.from("JSON"), "enter", "x", "ctrl+u", ...Array.from("ndjson"), "enter");
  const json: unknown = JSON.parse(await read(`mesibo-groups-${STAMP}.json`));
  expect(json).toMatchObject([{ gid: 102529, flag: 1, flags: { send: "selected" } }, { gid: 102532 }]);
  const lines = (await read(`mesibo-groups-${STAMP}.ndjson`)).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(json);
});

test("the members shown become a CSV that can be added again, and no file is replaced", async () => {
  const { press, read, into } = await open();
  await press("enter", "2", "x", "enter", "x", "enter");
  const name = `mesibo-group-102529-members-${STAMP}`;
  expect((await readdir(into)).toSorted()).toEqual([`${name}-2.csv`, `${name}.csv`]);
  const { rows, bad } = readMembers(await read(`${name}.csv`));
  expect([rows.length, bad]).toEqual([4, []]);
  expect(await read(`${name}.csv`)).not.toContain(CANARY);
});

test("another word is no format, and says so", async () => {
  const { press, program, into } = await open();
  await press("x", "ctrl+u", ...Array.from("pdf"), "enter");
  expect(program.state().notice?.text).toBe("Type csv, json, ndjson.");
  await press("esc");
  expect(await readdir(into)).toEqual([]);
});

test("marked rows become a file without the others, in the order of the list, in sight or not", async () => {
  const { press, program, read, into } = await open();
  await press("o", "space", "down", "space", "/", ...Array.from("news"), "enter", "x", "enter");
  expect(program.state().notice?.text).toBe(`Wrote 2 groups to ${join(into, `mesibo-groups-${STAMP}.csv`)}.`);
  expect((await read(`mesibo-groups-${STAMP}.csv`)).replaceAll(/,.*/g, "")).toBe("gid\n102532\n102530\n");
  await press("esc", "esc", "o", "o", "o", "o", "g", "enter", "2", "space", "down", "space");
  await press("x", "ctrl+u", ...Array.from("ndjson"), "enter");
  const lines = (await read(`mesibo-group-102529-members-${STAMP}.ndjson`)).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { address: "alice@example.com" },
    { address: "carol@example.com" },
  ]);
});
