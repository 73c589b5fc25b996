import { decodeFlags, encodeFlags, flagPresets } from "@mesibo-groups/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  changeChoice,
  changeFlags,
  editInForm,
  emptyForm,
  expiryFault,
  type Form,
  formExpiry,
  type FormField,
  formFields,
  formFlags,
  formRaw,
  isChanged,
  moveField,
  newGroup,
  presetOf,
  rawFault,
} from "../src/state/form.ts";
import { textField } from "../src/state/text-field.ts";

const withField = (field: FormField, form: Form = emptyForm("name")): Form => ({ ...form, field });

const wordOf = (form: Form, base = newGroup): number => encodeFlags(formFlags(form, base));

const typeRaw = (form: Form, text: string, base = newGroup): Form =>
  editInForm(withField("raw", form), base, () => textField(text));

test("a choice moves the number, and the raw field shows it", () => {
  const form = changeChoice(withField("send"), newGroup, 1);
  expect(wordOf(form)).toBe(1);
  expect(formRaw(form, newGroup).text).toBe("0x1");
});

test("what is typed as raw flag moves the choices", () => {
  for (const text of ["145", "0x91", "0b10010001", "restricted | loopback", "1|0x10|0x80"]) {
    const flags = formFlags(typeRaw(emptyForm("raw"), text), newGroup);
    expect(flags).toMatchObject({ send: "selected", receive: "selected", store: true, loopback: true });
  }
});

test("a raw text that is no flag changes nothing and says why", () => {
  const form = typeRaw(typeRaw(emptyForm("raw"), "0x11"), "0x11 nonsense");
  expect(wordOf(form)).toBe(17);
  expect(rawFault(form)).toBe("nonsense is neither a number nor the name of a flag.");
});

test("leaving the raw field shows what was read as hexadecimal, and keeps what was not", () => {
  expect(formRaw(moveField(typeRaw(emptyForm("raw"), "17"), 1, true), newGroup).text).toBe("0x11");
  expect(formRaw(moveField(typeRaw(emptyForm("raw"), "x"), 1, true), newGroup).text).toBe("x");
});

test("a choice keeps every bit that no field stands for", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(...formFields), (word, field) => {
      const base = { name: "", flags: decodeFlags(word), active: true };
      const changed = formFlags(changeChoice(withField(field), base, 1), base);
      expect(changed.other).toBe(base.flags.other);
    }),
  );
});

test("a choice settles the contradiction of its own field and no other", () => {
  const base = { name: "", flags: decodeFlags(0x33), active: true };
  const form = changeChoice(withField("send"), base, 1);
  expect(formFlags(form, base).conflicts.map(({ field }) => field)).toEqual(["receive"]);
});

test("right and then left leads back, and is no change", () => {
  for (const field of formFields) {
    const form = changeChoice(changeChoice(withField(field), newGroup, 1), newGroup, -1);
    expect({ field, changed: isChanged(form) }).toEqual({ field, changed: false });
  }
});

test("each kind of group is known again by its flags, other bits aside", () => {
  for (const [name, flags] of Object.entries(flagPresets)) {
    expect(presetOf(decodeFlags((encodeFlags(flags) | 0x100) >>> 0))).toBe(name);
  }
  expect(presetOf(decodeFlags(0x91))).toBeUndefined();
  expect(presetOf(decodeFlags(3))).toBeUndefined();
});

test("the kinds go round, from flags that are none to the first", () => {
  const base = { name: "", flags: decodeFlags(0x91), active: true };
  const first = changeChoice(withField("preset"), base, 1);
  expect(wordOf(first, base)).toBe(0);
  expect(wordOf(changeChoice(first, base, -1), base)).toBe(encodeFlags(flagPresets.hunt_group));
});

test("writing the flags back to what the group has is no change", () => {
  expect(isChanged(changeFlags(typeRaw(emptyForm("raw"), "17"), newGroup, newGroup.flags))).toBe(false);
});

test("only the form of a new group has a button", () => {
  const raw = withField("raw");
  expect([moveField(raw, 1, true).field, moveField(raw, 1, false).field]).toEqual(["submit", "name"]);
  expect([
    moveField(withField("name"), -1, true).field,
    moveField(withField("name"), -1, false).field,
  ]).toEqual(["submit", "raw"]);
});

const typeExpiry = (text: string): Form => editInForm(withField("expiry"), newGroup, () => textField(text));

test.each([
  ["3600", 3_600],
  ["90 min", 5_400],
  ["12h", 43_200],
  ["30d", 2_592_000],
  ["2W", 1_209_600],
  ["1y", 31_536_000],
])("an end is typed as %s", (text, seconds) => {
  expect([formExpiry(typeExpiry(text)), expiryFault(typeExpiry(text))]).toEqual([seconds, undefined]);
});

test.each(["soon", "0", "-5", "1.5h", "3 parsecs"])("%s is no end, and it says what is", (text) => {
  expect(expiryFault(typeExpiry(text))).toContain("such as 30d");
});

test("an end that is cleared again is no change", () => {
  expect(isChanged(editInForm(typeExpiry("30d"), newGroup, () => textField("")))).toBe(false);
});
