import type { KnownProfile } from "../../profile/known.ts";
import type { Profile } from "../../profile/schema.ts";
import { firstChoices, isFirstRun } from "../first-run.ts";
import { firstLook } from "../keeper.ts";
import { cursorIn, emptyList } from "../list.ts";
import type { State } from "../model.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import {
  changeProfileChoice,
  draftOf,
  moveProfileField,
  newProfile,
  profileForm,
  type ProfileForm,
} from "../profile-form.ts";
import { pushed, step, withDialog, withScreen, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";

/** The profile under the cursor; undefined elsewhere, and where there is none yet. */
export function profileInFocus({ screen }: State): KnownProfile | undefined {
  if (screen.kind !== "profiles" || screen.profiles === undefined || isFirstRun(screen)) return undefined;
  return screen.profiles[cursorIn(screen.list, screen.profiles.length)];
}

/** The state with the form of a profile changed, where that is in front. */
export function withProfileForm(state: State, change: (form: ProfileForm) => ProfileForm): State {
  const { screen } = state;
  return screen.kind === "profile" ? withScreen(state, { ...screen, form: change(screen.form) }) : state;
}

/** Moves in the form of a profile; undefined where another form is in front. */
export const inProfileForm = (state: State, way: "move" | "choose", by: 1 | -1): Step | undefined =>
  state.screen.kind === "profile"
    ? step(
        withProfileForm(state, (form) => (way === "move" ? moveProfileField : changeProfileChoice)(form, by)),
      )
    : undefined;

const asked = {
  kind: "confirm",
  phrase: undefined,
  typed: textField(),
} as const satisfies Partial<ConfirmDialog>;

function tokenWords({ token_file: file, token_command: command }: Profile): string {
  if (file !== undefined) return `The token file ${file} stays where it is.`;
  return command === undefined
    ? "No token is removed."
    : "Where its token command has the token from, it stays.";
}

function removeDialog({ name, stored, danger }: KnownProfile & { readonly stored: Profile }): ConfirmDialog {
  return {
    ...asked,
    title: `Remove the profile ${name}?`,
    lines: [
      "It is taken out of your config.json. Comments, the other profiles and the server stay as they are.",
      tokenWords(stored),
    ],
    verb: "remove it",
    phrase: danger ? name : undefined,
    effects: [{ kind: "change_profiles", change: { kind: "remove", name } }],
  };
}

interface Tested {
  readonly name: string;
  readonly kind: Profile["kind"];
  readonly draft?: Profile | undefined;
}

/** Tests a profile. mesibo counts who asks, so that is said first. */
function tested(state: State, { name, kind, draft }: Tested): Step {
  const effect = { kind: "test_profile", profile: name, draft } as const;
  if (kind !== "mesibo") return step(state, effect);
  const dialog: ConfirmDialog = {
    ...asked,
    title: `Test ${name}?`,
    lines: [
      "It makes one harmless call: useradd without a user, which mesibo answers with code 400 where the token is good, and with 401 where it is not. Nothing is changed.",
      "It costs one of the five addresses: mesibo disables an app after backend calls from more than five. This machine would be one of them.",
    ],
    verb: "test it",
    effects: [effect],
  };
  return step(withDialog(state, dialog));
}

const formOf = (state: State, form: ProfileForm): Step => step(pushed(state, { kind: "profile", form }));

/** Profiles, and what is said before one is used. */
export const profileActions = {
  acknowledge: (state) => {
    const { dialog } = state;
    const closed = withDialog(state, undefined);
    return dialog?.kind === "notice" && dialog.profile !== undefined
      ? step(closed, { kind: "connect", profile: dialog.profile, acknowledged: true })
      : step(closed, { kind: "acknowledge_notice" }, ...firstLook(state.connection));
  },
  leave_notice: (state) => {
    const { dialog } = state;
    return dialog?.kind === "notice" && dialog.profile !== undefined
      ? step(withDialog(state, undefined))
      : step({ ...state, quit: true });
  },
  show_profiles: (state) =>
    step(pushed(state, { kind: "profiles", profiles: undefined, list: emptyList }), {
      kind: "list_profiles",
    }),
  connect: (state) => {
    const { screen } = state;
    if (screen.kind !== "profiles") return step(state);
    if (!isFirstRun(screen)) {
      const row = profileInFocus(state);
      return row === undefined
        ? step(state)
        : step(state, { kind: "connect", profile: row.name, acknowledged: false });
    }
    const kind = firstChoices[cursorIn(screen.list, firstChoices.length)]?.kind;
    if (kind !== undefined) return formOf(state, newProfile(kind));
    const [inside] = screen.profiles ?? [];
    return inside === undefined
      ? step(state)
      : step(state, { kind: "connect", profile: inside.name, acknowledged: false });
  },
  new_profile: (state) => formOf(state, newProfile("mock")),
  edit_profile: (state) => {
    const row = profileInFocus(state);
    const { stored } = row ?? {};
    return row === undefined || stored === undefined
      ? step(state)
      : formOf(state, profileForm({ ...row, stored }));
  },
  remove_profile: (state) => {
    const row = profileInFocus(state);
    const { stored } = row ?? {};
    return step(
      row === undefined || stored === undefined ? state : withDialog(state, removeDialog({ ...row, stored })),
    );
  },
  test_profile: (state) => {
    const row = profileInFocus(state);
    return row === undefined ? step(state) : tested(state, row);
  },
  test_draft: (state) => {
    const { screen } = state;
    const draft = screen.kind === "profile" ? draftOf(screen.form) : undefined;
    if (draft?.ok !== true) return step(state);
    return tested(state, { name: draft.name, kind: draft.profile.kind, draft: draft.profile });
  },
  save_profile: (state) => {
    const { screen } = state;
    const draft = screen.kind === "profile" ? draftOf(screen.form) : undefined;
    return draft?.ok === true ? step(state, { kind: "change_profiles", change: draft.change }) : step(state);
  },
} as const satisfies Record<string, Handler>;
