import type { Address, CallRecord, Gid, Group, Member, RoutedMember } from "@mesibo-groups/core";
import type { JobResult } from "../bulk/result.ts";
import type { UnknownOperation } from "../operation.ts";
import type { Keymap } from "../keys/keymap.ts";
import type { Effect, MembersEffect, Mutation } from "./effects.ts";
import type { Dialog } from "./dialogs.ts";
import type { Help } from "./help.ts";
import type { Look } from "./look.ts";
import type { MockState } from "./mock.ts";
import type { Screen } from "./screen.ts";

/** Everything the application knows. Plain and frozen in spirit: a change is a new value. */
export interface State {
  /** The screen in front. */
  readonly screen: Screen;
  /** The screens that `esc` leads back to, the next one last. */
  readonly below: readonly Screen[];
  readonly dialog: Dialog | undefined;
  /** Undefined while it is closed. */
  readonly help: Help | undefined;
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
  /** The id under which it is kept, where the outcome is unknown. */
  readonly operation?: string | undefined;
  /** What became of each member of a bulk job that has ended. */
  readonly result?: JobResult | undefined;
}

/** What is kept of unknown outcomes, by a gateway or on this machine. */
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

/** The group with this gid, as last listed. */
export const groupOf = ({ data }: State, gid: Gid): Group | undefined =>
  data.groups?.groups.find((group) => group.gid === gid);

const noMembers: readonly Member[] = [];

/** The members of a group as last listed; none before that. */
export const membersOf = ({ data }: State, gid: Gid): readonly RoutedMember[] =>
  data.rosters.get(gid)?.members ?? noMembers;
