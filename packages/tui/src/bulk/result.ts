import type { Edit } from "./edit.ts";

/** An edit that was not done, and why. */
export interface Failed {
  readonly edit: Edit;
  readonly reason: string;
  /** Refused because the address is no user of the app. */
  readonly stranger?: boolean | undefined;
  /** The id under which it is kept, where its outcome is unknown. */
  readonly operation?: string | undefined;
}

/** What became of each edit of a job. Each is in exactly one of the four lists. */
export interface JobResult {
  readonly done: readonly Edit[];
  /** Definitely not done. */
  readonly refused: readonly Failed[];
  /** Sent, and no answer came: it may have happened. */
  readonly unknown: readonly Failed[];
  readonly notSent: readonly Failed[];
  /** Calls that were started. */
  readonly calls: number;
}
