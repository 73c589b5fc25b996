import { expect, test } from "vitest";
import { actionFor, bindingsIn, standardKeys } from "../src/keys/keymap.ts";
import { bindings } from "../src/keys/keys.ts";
import { readKeys, typed, type RawKey } from "../src/keys/press.ts";
import type { Focus } from "../src/state/focus.ts";

const focuses = [...new Set(bindings.flatMap((row): readonly Focus[] => row.in))];

const none: RawKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  shift: false,
  meta: false,
};

test("no key means two things in one place", () => {
  for (const focus of focuses) {
    const keys = bindingsIn(standardKeys, focus).flatMap((row) => row.keys);
    expect({ focus, twice: keys.filter((key, index) => keys.indexOf(key) !== index) }).toEqual({
      focus,
      twice: [],
    });
  }
});

test("esc and ctrl+c mean something everywhere", () => {
  for (const focus of focuses) {
    expect({ focus, esc: actionFor(standardKeys, { focus, key: "esc" }) !== undefined }).toEqual({
      focus,
      esc: true,
    });
    const quit = focus === "halted" ? "quit_now" : "interrupt";
    expect({ focus, quit: actionFor(standardKeys, { focus, key: "ctrl+c" }) }).toEqual({ focus, quit });
  }
});

test("enter confirms no dialog that destroys", () => {
  expect(actionFor(standardKeys, { focus: "confirm", key: "enter" })).toBe("cancel");
  expect(bindings.filter(({ action }) => action === "confirm").map(({ keys }) => keys)).toEqual([["y"]]);
});

test("backspace, delete and the keys that terminals cannot tell apart are bound to nothing", () => {
  const used = new Set<string>(bindings.flatMap((row): readonly string[] => row.keys));
  for (const key of ["backspace", "delete", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j"])
    expect(used.has(key)).toBe(false);
});

test("characters that arrive in one chunk are keys one by one", () => {
  expect(readKeys("jj\r q", none)).toEqual([
    { name: "j", text: "j" },
    { name: "j", text: "j" },
    { name: "enter" },
    { name: "space", text: " " },
    { name: "q", text: "q" },
  ]);
});

test("a control key in the same chunk as text is that key", () => {
  expect(readKeys("a\u0013\u0003b\u007f", none)).toEqual([
    { name: "a", text: "a" },
    { name: "ctrl+s" },
    { name: "ctrl+c" },
    { name: "b", text: "b" },
    { name: "backspace" },
  ]);
});

test("keys have one name each", () => {
  expect(readKeys("", { ...none, upArrow: true })).toEqual([{ name: "up" }]);
  expect(readKeys("", { ...none, downArrow: true, shift: true })).toEqual([{ name: "shift+down" }]);
  expect(readKeys("", { ...none, tab: true, shift: true })).toEqual([{ name: "shift+tab" }]);
  expect(readKeys("c", { ...none, ctrl: true })).toEqual([{ name: "ctrl+c" }]);
  expect(readKeys("q", { ...none, meta: true })).toEqual([]);
});

test("control characters in typed text type nothing", () => {
  expect(typed("a\u0000\u001fb")).toEqual([
    { name: "a", text: "a" },
    { name: "b", text: "b" },
  ]);
});
