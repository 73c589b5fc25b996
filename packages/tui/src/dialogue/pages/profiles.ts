import { firstChoices, isFirstRun } from "../../state/first-run.ts";
import { profileLabels } from "../../state/form-words.ts";
import type { State } from "../../state/model.ts";
import {
  draftOf,
  profileChoices,
  shownFields,
  type ProfileField,
  type ProfileForm,
} from "../../state/profile-form.ts";
import { aboutField } from "../../state/profile-words.ts";
import type { ProfileScreen, ProfilesScreen } from "../../state/screen.ts";
import { dateTime } from "../../text/words.ts";
import { wordFor } from "../commands.ts";
import { acts, fieldsOn, pointAt, typeOver, type Choice, type Page } from "../page.ts";

/** The profiles of this machine, or what to begin with where there is none. */
export function profilesPage(state: State, screen: ProfilesScreen): Page {
  const { connection } = state;
  const { profiles } = screen;
  if (profiles === undefined)
    return {
      title: "Profiles",
      lines: [`They cannot be read yet. ${wordFor(state, "refresh")} reads them.`],
      items: [],
    };
  if (isFirstRun(screen)) {
    return {
      title: "Profiles",
      lines: ["There is no profile yet. Where do you want to begin?"],
      items: firstChoices.map(({ title, about }, row) => ({
        text: `${title}. ${about}`,
        choice: pointAt(row, "connect"),
      })),
    };
  }
  const here = profiles[Math.min(screen.list.cursor, profiles.length - 1)];
  return {
    title: "Profiles",
    lines: [`${here?.name ?? "None"} is chosen; a number chooses another one, connect connects.`],
    items: profiles.map(({ name, kind, url, isDefault, readOnly, danger, usedAt }, row) => ({
      text: [
        name,
        kind,
        url ?? "inside this program",
        ...(name === connection.profile ? ["connected"] : []),
        ...(isDefault ? ["default"] : []),
        ...(readOnly ? ["read-only"] : []),
        ...(danger ? ["danger: every change is asked about"] : []),
        ...(usedAt === undefined ? [] : [`last used ${dateTime(usedAt)}`]),
      ].join("; "),
      choice: pointAt(row),
    })),
  };
}

function valueWords(field: ProfileField, form: ProfileForm): string {
  switch (field) {
    case "name":
    case "url":
    case "source":
      return form[field].text === "" ? "empty" : form[field].text;
    case "kind":
    case "dialect":
    case "credential":
      return `${form[field]}, of ${profileChoices[field].join(", ")}`;
    case "read_only":
      return form.readOnly ? "yes" : "no";
    case "danger":
      return form.danger ? "yes" : "no";
    case "save":
      return "";
  }
}

const labelOf = (field: ProfileField): string => (field === "source" ? "Source" : profileLabels[field]);

function choiceOf(form: ProfileForm, field: ProfileField): Choice {
  const fields = shownFields(form);
  const steps = (fields.indexOf(field) - fields.indexOf(form.field) + fields.length) % fields.length;
  const way = fieldsOn(steps);
  if (field === "save") return { kind: "events", events: acts(...way, "activate") };
  if (field !== "name" && field !== "url" && field !== "source")
    return { kind: "events", events: acts(...way, "next_choice") };
  const question = `${labelOf(field)}? ${aboutField({ ...form, field })} An empty line leaves it.`;
  return { kind: "ask", question, answer: (text) => [...acts(...way), ...typeOver(text)] };
}

/** The form of a profile. */
export function profilePage({ form }: ProfileScreen): Page {
  const draft = draftOf(form);
  return {
    title: form.before === undefined ? "New profile" : `Profile ${form.before.name}`,
    lines: [aboutField(form), ...(draft.ok ? [] : [`Not yet: ${draft.fault}`])],
    items: shownFields(form).map((field) => ({
      text: field === "save" ? "Save the profile" : `${labelOf(field)}: ${valueWords(field, form)}`,
      choice: choiceOf(form, field),
    })),
  };
}
