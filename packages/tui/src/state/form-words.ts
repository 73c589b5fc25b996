import type { FormField } from "./form.ts";
import type { ProfileField } from "./profile-form.ts";

/** What the fields of a group are called; the button has words of its own. */
export const formLabels = {
  name: "Name",
  preset: "Kind",
  send: "Who sends",
  receive: "Who receives",
  store: "Store",
  loopback: "Loop back",
  expiry: "Ends",
  active: "Active",
  raw: "Raw flag",
  submit: "",
} satisfies Record<FormField, string>;

/** What the fields of a profile are called. */
export const profileLabels = {
  name: "Name",
  kind: "Kind",
  url: "URL",
  dialect: "Dialect",
  credential: "Token from",
  source: "",
  read_only: "Read-only",
  danger: "Danger",
  save: "",
} satisfies Record<ProfileField, string>;

/** The choices of a group's fields. */
export const choiceWords = {
  normal: "normal",
  restricted: "restricted",
  broadcast: "broadcast",
  public_room: "public room",
  hunt_group: "hunt group",
  members: "members",
  selected: "selected",
  anyone: "anyone",
  in_turn: "one in turn",
} as const;

/** What a switch of a group does. */
export const switchWords = {
  store: "keep messages for those offline",
  loopback: "send the sender a copy too",
  active: "the group can be used",
} as const;
