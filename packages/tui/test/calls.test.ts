import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { osc52 } from "../src/desk/clipboard.ts";
import { noDesk, type Desk } from "../src/desk/desk.ts";
import { saveNew } from "../src/desk/save.ts";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;
let directory: string | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
  if (directory !== undefined) await rm(directory, { recursive: true });
  directory = undefined;
});

async function open(desk: Partial<Desk> = {}): Promise<TestApp & { readonly copied: readonly string[] }> {
  const copied: string[] = [];
  const copy: Desk["copy"] = async (text) => {
    copied.push(text);
    return "xclip";
  };
  app = await openApp({ desk: { ...noDesk, copy, ...desk } });
  return { ...app, copied };
}

test("y copies the gid, the address or the call under the cursor, and names the way", async () => {
  const { press, screen, copied } = await open();
  await press("down", "y");
  expect(screen.text()).toContain("Copied the gid with xclip.");
  await press("up", "enter", "y", "2", "down", "y");
  expect(screen.text()).toContain("Copied the address with xclip.");
  await press("3", "y", "4", "end", "enter", "]", "]", "y");
  expect(screen.text()).toContain("Copied the call as fetch with xclip.");
  expect(copied.slice(0, 4)).toEqual(["102530", "102529", "bob@example.com", "alice@example.com"]);
  expect(copied[4]).toMatch(/^const response = await fetch\(/);
  expect(copied.join("\n")).not.toContain(CANARY);
});

test("Y copies the last call as curl, on every list", async () => {
  const { press, copied } = await open();
  await press("R", "Y");
  expect(copied).toEqual([expect.stringMatching(/^curl .*"op":"groupgetmembers".*"\$MESIBO_APP_TOKEN"/)]);
});

test("without any way to copy, the text is shown to be selected", async () => {
  const { press, screen } = await open({ copy: async () => undefined });
  await press("y");
  expect(screen.text()).toContain("No clipboard was found: select the gid here");
  expect(screen.text()).toContain("102529");
});

test("a sequence for the clipboard changes nothing on the screen", async () => {
  let write: (sequence: string) => void = () => undefined;
  const { press, screen } = await open({
    copy: async () => {
      write(osc52("YQ==", false));
      return "OSC 52";
    },
  });
  write = (sequence) => screen.stdout.write(sequence);
  const before = screen.rows();
  await press("y");
  expect(screen.raw()).toContain("\u001b]52;c;YQ==\u0007");
  const changed = screen.rows().filter((row, index) => row !== before[index]);
  expect(changed).toEqual([expect.stringContaining("Copied the gid with OSC 52.")]);
});

test("the formats of an open call go round, and stay when another call is opened", async () => {
  const { press, screen } = await open();
  await press("2", "enter", "[");
  expect(screen.text()).toContain("[core client]");
  expect(screen.text()).toContain('client.call("groupgetmembers"');
  await press("esc", "down", "enter");
  expect(screen.text()).toContain("[core client]");
  await press("]");
  expect(screen.text()).toContain("[curl]");
});

test("an open call stays in front while others are made", async () => {
  const { press, screen, program, settle } = await open();
  await press("2", "end", "enter");
  const before = screen.rows();
  const [latest] = program.state().calls;
  if (latest !== undefined) program.dispatch({ kind: "called", record: { ...latest, op: "groupdel" } });
  await settle();
  expect(screen.rows()).toEqual(before);
  await press("esc");
  expect(screen.text()).toContain("groupdel");
});

test("calls are filtered by op, outcome and text", async () => {
  const { press, type, screen, program } = await open();
  await press("2", "/");
  await type("groupsget");
  expect(screen.text()).toContain("1 call   filter: groupsget");
  await press("esc", "/");
  await type("!done");
  await press("enter");
  expect(screen.text()).toContain("0 calls");
  await press("x");
  expect(program.state().notice?.text).toBe("There is no row here.");
});

test("the calls shown become a new file for its owner only, and never replace one", async () => {
  const into = await mkdtemp(join(tmpdir(), "mesibo-calls-"));
  directory = into;
  const { press, type, program } = await open({ save: (name, text) => saveNew(into, { name, text }) });
  await press("2", "/");
  await type("102529");
  await press("enter", "x", "x", "X");
  const names = [
    "mesibo-calls-2026-11-23-13-05-22-2.har",
    "mesibo-calls-2026-11-23-13-05-22.har",
    "mesibo-calls-2026-11-23-13-05-22.sh",
  ];
  expect((await readdir(into)).toSorted()).toEqual(names);
  expect(program.state().notice).toEqual({
    outcome: "done",
    text: `Wrote 2 calls to ${join(into, names[2] ?? "")}.`,
  });
  const [, har = "", script = ""] = await Promise.all(
    names.map((name) => readFile(join(into, name), "utf8")),
  );
  const { log } = JSON.parse(har) as { log: { version: string; entries: { comment: string }[] } };
  expect([log.version, ...log.entries.map(({ comment }) => comment)]).toEqual([
    "1.2",
    "groupsget, attempt 1: done",
    "groupgetmembers, attempt 1: done",
  ]);
  expect(script.match(/^curl/gm)).toHaveLength(2);
  expect(har + script).not.toContain(CANARY);
  for (const name of names) expect((await stat(join(into, name))).mode & 0o777).toBe(0o600);
});

test("a directory that cannot be written to is named, with what to do", async () => {
  expect(await saveNew("/no-such-directory", { name: "a.har", text: "" })).toEqual({
    ok: false,
    reason:
      "/no-such-directory/a.har could not be written: there is no such file. Start the app in a directory that you may write to.",
  });
});
