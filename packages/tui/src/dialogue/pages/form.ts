import { checkFlags, describeFlags, type GroupFlags } from "@mesibo-groups/core";
import type { Action } from "../../keys/keys.ts";
import { choiceWords, formLabels, switchWords } from "../../state/form-words.ts";
import {
  choices,
  fieldsOf,
  type Form,
  formActive,
  type FormBase,
  formExpiry,
  type FormField,
  formFlags,
  formName,
  formRaw,
  presetOf,
  rawFault,
} from "../../state/form.ts";
import { flagNumbers } from "../../state/flag-numbers.ts";
import { capital, duration } from "../../text/words.ts";
import { acts, fieldsOn, typeOver, type Choice, type Item } from "../page.ts";

const yes = (on: boolean): string => (on ? "yes" : "no");

function valueWords(field: FormField, form: Form, base: FormBase): string {
  const flags = formFlags(form, base);
  switch (field) {
    case "name":
      return formName(form, base) === "" ? "empty" : formName(form, base);
    case "raw":
      return formRaw(form, base).text;
    case "preset": {
      const preset = presetOf(flags);
      return `${preset === undefined ? "custom" : choiceWords[preset]}, of ${choices.preset.map((name) => choiceWords[name]).join(", ")}`;
    }
    case "send":
      return `${choiceWords[flags.send]}, of ${choices.send.map((name) => choiceWords[name]).join(", ")}`;
    case "receive":
      return `${choiceWords[flags.receive]}, of ${choices.receive.map((name) => choiceWords[name]).join(", ")}`;
    case "store":
      return `${yes(flags.store)}; ${switchWords.store}`;
    case "loopback":
      return `${yes(flags.loopback)}; ${switchWords.loopback}`;
    case "active":
      return `${yes(formActive(form, base))}; ${switchWords.active}`;
    case "expiry": {
      const seconds = formExpiry(form);
      const now = base.expiry === undefined ? "in 1 y, mesibo's default" : `in ${duration(base.expiry)}`;
      if (form.expiry === undefined) return now;
      return seconds === undefined
        ? `${form.expiry.text}, which is no time`
        : `in ${duration(seconds)}, now ${now}`;
    }
    case "submit":
      return "";
  }
}

const questions: Partial<Record<FormField, string>> = {
  name: "What is the name? An empty line leaves it.",
  expiry: "When shall it end? Such as 30d, 12h, or seconds. An empty line leaves it.",
  raw: "Which flag? Such as 145, 0x91 or 1|0x10. An empty line leaves it.",
};

/** The way from the field in focus to another one. */
function wayTo(fields: readonly FormField[], from: FormField, to: FormField): readonly Action[] {
  const steps = (fields.indexOf(to) - fields.indexOf(from) + fields.length) % fields.length;
  return fieldsOn(steps);
}

function choiceOf(field: FormField, way: readonly Action[]): Choice {
  const question = questions[field];
  if (question !== undefined) {
    return { kind: "ask", question, answer: (text) => [...acts(...way), ...typeOver(text)] };
  }
  if (field === "submit") return { kind: "events", events: acts(...way, "activate") };
  return { kind: "events", events: acts(...way, "next_choice") };
}

/** The fields of a group, each an item: a text is asked for, a choice goes one on. */
export function formItems(form: Form, base: FormBase, isNew: boolean): readonly Item[] {
  const fields = fieldsOf(isNew);
  return fields.map((field) => ({
    text: field === "submit" ? "Create the group" : `${formLabels[field]}: ${valueWords(field, form, base)}`,
    choice: choiceOf(field, wayTo(fields, form.field, field)),
  }));
}

function issues(flags: GroupFlags): readonly string[] {
  return checkFlags(flags).map(({ message }) => `Note: ${message}`);
}

/** What the flags of a form mean, a sentence each. */
export function flagSentences(form: Form, base: FormBase): readonly string[] {
  const flags = formFlags(form, base);
  const fault = rawFault(form);
  return [
    `${capital(flagNumbers(flags, base).replaceAll(/ +/g, " "))}.`,
    ...(fault === undefined ? [] : [`Wrong: ${fault}`]),
    describeFlags(flags),
    ...issues(flags),
  ];
}
