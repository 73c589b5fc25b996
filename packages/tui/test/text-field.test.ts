import { expect, test } from "vitest";
import { typed } from "../src/keys/press.ts";
import { aroundCaret, editText, insert, textField, type TextField } from "../src/state/text-field.ts";

const edit = (field: TextField, ...names: readonly string[]): TextField =>
  names.reduce((before, name) => editText(before, { name }), field);

const type = (field: TextField, text: string): TextField => typed(text).reduce(editText, field);

test("text goes in at the caret", () => {
  expect(type(edit(type(textField(), "held"), "left", "left", "left"), "e")).toEqual({
    text: "heeld",
    caret: 2,
  });
  expect(insert(edit(textField("ad"), "left"), "bc")).toEqual({ text: "abcd", caret: 3 });
});

test("the usual editing keys work", () => {
  expect(edit(textField("abc"), "backspace")).toEqual({ text: "ab", caret: 2 });
  expect(edit(textField("abc"), "home", "delete")).toEqual({ text: "bc", caret: 0 });
  expect(edit(textField("one two"), "ctrl+w")).toEqual({ text: "one ", caret: 4 });
  expect(edit(textField("one two"), "ctrl+u")).toEqual({ text: "", caret: 0 });
  expect(edit(textField(""), "left", "right", "backspace", "delete")).toEqual({ text: "", caret: 0 });
});

test("one key removes one character as a person sees it", () => {
  expect(edit(textField("a👨‍👩‍👧"), "backspace")).toEqual({ text: "a", caret: 1 });
  expect(edit(textField("e\u0301x"), "home", "right")).toEqual({ text: "e\u0301x", caret: 2 });
});

test("a key that types nothing leaves the field as it is", () => {
  const field = textField("abc");
  expect(editText(field, { name: "up" })).toBe(field);
});

test("the character under the caret is told apart for drawing", () => {
  expect(aroundCaret({ text: "abc", caret: 1 })).toEqual({ before: "a", at: "b", after: "c" });
  expect(aroundCaret(textField("ab"))).toEqual({ before: "ab", at: " ", after: "" });
});
