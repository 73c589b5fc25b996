import type { Address, OpName } from "@mesibo-groups/core";
import type { ClockState } from "./clock.ts";
import type { World } from "./engine/world.ts";

/** A request that changed a world, and when: enough to do it again. */
export interface Applied {
  /** Unix seconds on the world's clock. */
  readonly now: number;
  readonly op: OpName;
  /** In mesibo's flat spelling. */
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** Who is online and who is not. */
export type Presence = Readonly<Record<Address, boolean>>;

/** Keeps what happens to worlds, so that they are there again after a restart. */
export interface Recorder {
  /** A mutation that was applied. */
  readonly applied: (token: string, applied: Applied) => void;
  /** A world that was made, reset, seeded, restored or forked. */
  readonly replaced: (token: string, world: World, clock: ClockState) => void;
  /** A changed clock; `before` is the world's time in Unix seconds just before. */
  readonly clocked: (token: string, before: number, clock: ClockState) => void;
  /** Who came online or went offline. */
  readonly presence: (token: string, presence: Presence) => void;
  readonly removed: (token: string) => void;
  /** Calls back once everything so far is kept, or with the error where it could not be. */
  readonly settle: (then: (error?: Error) => void) => void;
  readonly close: () => void;
}

const nothing = (): void => {};

/** Keeps nothing. */
export const noRecorder: Recorder = {
  applied: nothing,
  replaced: nothing,
  clocked: nothing,
  presence: nothing,
  removed: nothing,
  settle: (then) => {
    then();
  },
  close: nothing,
};
