import type { Address, CallRecord, Gid, Group, Member, RoutedMember } from "@mesibo-groups/core";
import type { JobResult } from "../bulk/result.ts";
import type { CallFormat } from "../call/format.ts";
import type { UnknownOperation } from "../gateway/operations.ts";
import type { Keymap } from "../keys/keymap.ts";
import type { KnownProfile } from "../profile/known.ts";
import type { Effect, MembersEffect, Mutation } from "./effects.ts";
import type { Dialog } from "./dialogs.ts";
import type { FaultForm } from "./fault-form.ts";
import type { Form } from "./form.ts";
import type { ListState } from "./list.ts";
import type { Look } from "./look.ts";
import type { MockScreen, MockState } from "./mock.ts";
import type { ProfileForm } from "./profile-form.ts";

/** Everything the application knows. Plain and frozen in spirit: a change is a new value. */
export interface State {
  /** The screen in front. */
  readonly screen: Screen;
  /** The screens that `esc` leads back to, the next one last. */
  readonly below: readonly Screen[];
  readonly dialog: Dialog | undefined;
  /** Rows scrolled in the help, or undefined while it is closed. */
  readonly help: number | undefined;
  readonly data: Data;
  readonly notice: Notice | undefined;
  /** Finished calls, newest first. */
  readonly calls: readonly CallRecord[];
  /** What is being asked of the server, oldest first. */
  readonly running: readonly Running[];
  /** Edits of members that are on their way. */
  readonly editing: readonly MembersEffect[];
  /** Every change that was sent, newest first. */
  readonly jobs: readonly Job[];
  /** What takes changes back, the latest last. */
  readonly undo: readonly Reversal[];
  /** What does again what was taken back, the latest last. */
  readonly redo: readonly Reversal[];
  /** What is known of the mock, where there is one. */
  readonly mock: MockState;
  readonly operations: OperationsState;
  readonly keymap: Keymap;
  readonly look: Look;
  readonly size: Size;
  readonly connection: Connection;
  /** mesibo's own words when it disabled the app: nothing is asked of it any more. */
  readonly halted: string | undefined;
  /** How often `ctrl+c` came in a row: the second one quits. */
  readonly interrupts: number;
  readonly quit: boolean;
}

/** What the application talks to. */
export interface Connection {
  /** For the title, such as `embedded mock`. */
  readonly name: string;
  /** The profile's name in the files; undefined where it is from none. */
  readonly profile?: string | undefined;
  /** Undefined for the mock inside, whose name says it. */
  readonly kind?: "mock" | "gateway" | "mesibo" | undefined;
  readonly url?: string | undefined;
  /** What demands that nothing is changed: a file or an option. Undefined where changes are allowed. */
  readonly readOnly?: string | undefined;
  /** Raises every confirmation by one level. */
  readonly danger?: boolean | undefined;
  /** What has to be answered before anything is asked of the server. */
  readonly notice?: string | undefined;
  /** Whether users may be made when an address is none yet. */
  readonly canCreateUsers: boolean;
}

/** The terminal's size in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest terminal that the screens fit. */
export const MIN_SIZE: Size = { columns: 60, rows: 15 };

/** What the server told us. */
export interface Data {
  /** Undefined until they have been listed. */
  readonly groups: Listing | undefined;
  readonly rosters: ReadonlyMap<Gid, Roster>;
}

/** The groups as of some time. */
export interface Listing {
  readonly groups: readonly Group[];
  /** All groups of the app; may be more than were listed. */
  readonly total: number;
  /** Unix milliseconds. */
  readonly asOf: number;
  /** True after a minute, and after a later attempt to list them failed. */
  readonly stale: boolean;
}

/** The members of a group as of some time. */
export interface Roster {
  readonly members: readonly RoutedMember[];
  /** False when the server may have more than were listed. */
  readonly complete: boolean;
  /** Addresses of edits that were sent and not answered; what the server has for them is not known. */
  readonly doubtful: ReadonlySet<Address>;
  /** Unix milliseconds. */
  readonly asOf: number;
}

/** How something ended, in words; the four never look alike. */
export interface Notice {
  readonly outcome: "done" | "refused" | "not_sent" | "unknown" | "info";
  readonly text: string;
}

/** A change that was sent to the server, and what became of it. */
export interface Job {
  readonly id: number;
  readonly effect: Mutation;
  readonly outcome: "running" | "done" | "refused" | "not_sent" | "unknown";
  /** Why, where it is not done. */
  readonly text: string;
  /** The groups that were listed when it was sent. */
  readonly listed: ReadonlySet<Gid>;
  /** What became known of an unknown outcome: somebody has said so, or the server's list of members has told. */
  readonly resolution: "happened" | "not_happened" | "repeated" | "there" | "not_there" | undefined;
  /** Whether it was told to start no further call. */
  readonly stopping?: boolean | undefined;
  /** The id under which a gateway keeps it, where the outcome is unknown. */
  readonly operation?: string | undefined;
  /** What became of each member of a bulk job that has ended. */
  readonly result?: JobResult | undefined;
}

/** What a gateway keeps of unknown outcomes; nothing of any other server. */
export interface OperationsState {
  /** Newest first. */
  readonly unknown: readonly UnknownOperation[];
  /** Why they could not be listed; undefined where the last look went well. */
  readonly fault: string | undefined;
}

/** What takes a change back. */
export interface Reversal {
  /** The change, in a few words. */
  readonly title: string;
  readonly effects: readonly Mutation[];
  /** The bulk job to take back instead: what that takes is known only when it is asked for. */
  readonly job?: number | undefined;
}

/** A task in progress. */
export interface Running {
  readonly id: number;
  readonly text: string;
  readonly effect: Effect;
  /** Whole seconds; undefined in the first one. */
  readonly seconds?: number | undefined;
}

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
  readonly marked: ReadonlySet<Address>;
  /** Rows are marked from this one to the cursor, besides those that were marked before; undefined where not. */
  readonly range?: { readonly from: number; readonly before: ReadonlySet<Address> } | undefined;
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

/** The group with this gid, as last listed. */
export const groupOf = ({ data }: State, gid: Gid): Group | undefined =>
  data.groups?.groups.find((group) => group.gid === gid);

const noMembers: readonly Member[] = [];

/** The members of a group as last listed; none before that. */
export const membersOf = ({ data }: State, gid: Gid): readonly RoutedMember[] =>
  data.rosters.get(gid)?.members ?? noMembers;
