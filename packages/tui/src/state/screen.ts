import type { Address, Gid } from "@mesibo-groups/core";
import type { CallFormat } from "../call/format.ts";
import type { KnownProfile } from "../profile/known.ts";
import type { FaultForm } from "./fault-form.ts";
import type { Form } from "./form.ts";
import type { ListState } from "./list.ts";
import type { Marks } from "./marks.ts";
import type { MockScreen } from "./mock.ts";
import type { ProfileForm } from "./profile-form.ts";

/** The screens. */
export type Screen =
  | GroupsScreen
  | CreateScreen
  | GroupScreen
  | RequestsScreen
  | JobsScreen
  | ProfilesScreen
  | ProfileScreen
  | MockScreen
  | FaultScreen;

/** The list of groups. */
export interface GroupsScreen {
  readonly kind: "groups";
  readonly list: ListState;
  readonly marks: Marks<Gid>;
}

/** The form for a new group. */
export interface CreateScreen {
  readonly kind: "create";
  readonly form: Form;
  /** True from the moment it is sent, so that it cannot be sent twice. */
  readonly sending: boolean;
}

/** The tabs of a group. */
export const tabs = ["overview", "members", "who"] as const;

/** One tab of a group. */
export type Tab = (typeof tabs)[number];

/** One group. */
export interface GroupScreen {
  readonly kind: "group";
  readonly gid: Gid;
  readonly tab: Tab;
  readonly form: Form;
  readonly members: ListState;
  /** Of the members. */
  readonly marks: Marks<Address>;
  readonly who: ListState;
  /** Ordinal of the member who had the last turn in the simulator; -1 before the first message. */
  readonly turn: number;
}

/** The calls that were made. */
export interface RequestsScreen {
  readonly kind: "requests";
  /** Only calls about this group. */
  readonly gid: Gid | undefined;
  readonly list: ListState;
  /** Rows scrolled in the open call, or undefined while the list is in front. */
  readonly open: number | undefined;
  /** How the open call is written; curl until another one is chosen. */
  readonly format?: CallFormat | undefined;
}

/** The changes that were sent. */
export interface JobsScreen {
  readonly kind: "jobs";
  readonly list: ListState;
}

/** The profiles of this machine. */
export interface ProfilesScreen {
  readonly kind: "profiles";
  /** Undefined until they have been read. */
  readonly profiles: readonly KnownProfile[] | undefined;
  readonly list: ListState;
}

/** The form of a profile. */
export interface ProfileScreen {
  readonly kind: "profile";
  readonly form: ProfileForm;
}

/** The form of a fault to inject. */
export interface FaultScreen {
  readonly kind: "fault";
  readonly form: FaultForm;
}
