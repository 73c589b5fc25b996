import { expect, test } from "vitest";
import { loadAppearance } from "../src/appearance.ts";
import { actionFor, standardKeys } from "../src/keys/keymap.ts";
import { bindings } from "../src/keys/keys.ts";
import { remap } from "../src/keys/remap.ts";
import { ProfileError } from "../src/profile/errors.ts";
import { hold } from "./dialogue/support.ts";
import { home } from "./profile/support.ts";
import { openApp } from "./support/app.ts";

function keymapOf(given: Parameters<typeof remap>[0]) {
  const read = remap(given);
  if (!read.ok) throw new Error(read.fault);
  return read.keymap;
}

const faultOf = (given: Parameters<typeof remap>[0]): string => {
  const read = remap(given);
  return read.ok ? "none" : read.fault;
};

test("a key of the user's does what it says, and the old one nothing any more", async () => {
  const keymap = keymapOf({ new_group: "ctrl+n", show_jobs: ["J", "5"] });
  const app = await openApp({ keymap, columns: 100 });
  await app.press("n");
  expect(app.program.state().screen.kind).toBe("groups");
  expect(app.screen.text()).toContain("ctrl+n new group");
  expect(app.screen.text()).toContain("J jobs");
  await app.press("?");
  expect(app.screen.text()).toMatch(/ctrl\+n +make a new group/);
  await app.press("esc", ":", ...Array.from("new group"));
  expect(app.screen.text()).toMatch(/Make a new group +ctrl\+n/);
  await app.press("esc", "ctrl+n");
  expect(app.program.state().screen.kind).toBe("create");
  await app.close();
});

const own = {
  new_group: "N",
  palette: "P",
  refresh: "U",
  show_notice: "?",
  help: "H",
  clear_filter: "ctrl+x",
  add_members: "+",
  tab_overview: "F",
  tab_members: "M",
  group_calls: "C",
  write: "W",
  quit: "Q",
  new_fault: "+",
  save_world: "+",
  write_world: ">",
  mock_clock: "T",
  next_theme: "ctrl+t",
  toggle_ascii: "ctrl+y",
  show_mock: "K",
} as const;

test("sentences name the user's keys", async () => {
  const app = await openApp({ keymap: keymapOf(own), seed: { users: ["alice"], groups: [] } });
  const shows = (text: string): void => expect(app.screen.text()).toContain(text);
  shows("No groups yet. N makes one, P and a gid opens one.");
  await app.press("esc");
  shows("This is the first screen; Q quits.");
  await app.press("K", "3");
  shows("1 Journal   T Clock  [3 Faults]");
  shows("Nothing is injected. + makes a fault");
  await app.press("d");
  shows("Nothing is injected; + makes a fault.");
  await app.press("4");
  shows("No snapshot yet. + takes one");
  shows("> writes one into a file");
  await app.press("esc", "N");
  await app.type("News");
  await app.press("ctrl+s");
  shows("Press + to add members.");
  shows("F Overview  [M Members]  3 Who   C Calls");
  shows("No members yet. + adds some");
  await app.press("d");
  shows("There is no member here; + adds some.");
  await app.press("F", "right", "Q");
  shows("There are changes: W writes them, esc discards them.");
  await app.press("esc", "esc", "/");
  await app.type("nobody");
  shows("ctrl+x clears the filter.");
  await app.press("enter");
  shows("esc clears the filter.");
  await app.close();
});

test("a failure names the user's key to ask again", async () => {
  const fetch = () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }));
  const app = await openApp({ keymap: keymapOf(own), client: { fetch, retries: 0 } });
  expect(app.screen.text()).toContain("The groups could not be listed: ? says why, U asks again.");
  await app.press("?");
  expect(app.screen.text()).toContain("U asks again.");
  await app.close();
});

test("a conversation takes and names the user's keys, and its choices work with any", async () => {
  const { text } = await hold(
    ["N", "1", "News", "back", "1", "F", "2", "W", "/zoe", "M", "/zoe", "/", "+", "", ":nothing", "Q"],
    { keymap: keymapOf(own) },
  );
  await expect(text).toMatchFileSnapshot("dialogue/transcripts/own-keys.txt");
});

test("a letter types where text is typed, whatever it is the key of elsewhere", () => {
  const keymap = keymapOf({ next_field: "x", palette: ["P", "ctrl+g"] });
  expect(actionFor(keymap, { focus: "overview", key: "x" })).toBe("next_field");
  expect(actionFor(keymap, { focus: "overview.text", key: "x" })).toBeUndefined();
  expect(actionFor(keymap, { focus: "overview.text", key: "tab" })).toBe("next_field");
  expect(actionFor(keymap, { focus: "overview.text", key: "ctrl+g" })).toBe("palette");
  expect(actionFor(keymap, { focus: "overview.text", key: "P" })).toBeUndefined();
});

test("a key that two actions would have in one place is refused with both names", () => {
  expect(faultOf({ new_group: "d" })).toBe(
    'keys: "d" would be the key of both new_group and delete_group (in groups). Give one of them another key.',
  );
  expect(faultOf({ new_group: "d", delete_group: "ctrl+x" })).toBe("none");
});

test("what is no action, no key, or answers a dialog is refused with what to do", () => {
  expect(faultOf({ new_gruop: "b" })).toBe("keys.new_gruop names no action. Did you mean new_group?");
  expect(faultOf({ confirm: "enter" })).toBe(
    "keys.confirm cannot be changed: it answers dialogs, or leads out.",
  );
  expect(faultOf({ open: [] })).toBe("keys.open must name a key.");
  for (const key of ["ctrl+m", "ctrl+c", "backspace", "delete", "f5", "ab", "", " ", "\u202e"])
    expect(faultOf({ open: key })).toContain("is no key that every terminal tells apart");
});

test("each action can have its own keys again, and the table stays as it is", () => {
  for (const { action } of bindings) {
    const rows = standardKeys.filter((row) => row.action === action);
    const [row] = rows;
    // Where one action has other keys in other places, they are not all its keys everywhere.
    if (row === undefined || rows.length > 1) continue;
    const read = remap({ [action]: row.keys });
    const isFixed = !read.ok && read.fault.includes("cannot be changed");
    expect({ action, ok: read.ok || isFixed }).toEqual({ action, ok: true });
  }
});

test("config.json has keys and a theme, and a wrong one is named with its file", async () => {
  const good = await home({ version: 1, theme: "light", keys: { new_group: "b" } });
  const { theme, keymap } = await loadAppearance(good.around);
  expect([theme, actionFor(keymap, { focus: "groups", key: "b" })]).toEqual(["light", "new_group"]);
  const wrong = await home({ version: 1, keys: { new_group: "d" } });
  await expect(loadAppearance(wrong.around)).rejects.toThrow(ProfileError);
  await expect(loadAppearance(wrong.around)).rejects.toThrow(`${wrong.config}: keys: "d"`);
  const none = await home();
  expect(await loadAppearance(none.around)).toEqual({ theme: "terminal", keymap: standardKeys });
});
