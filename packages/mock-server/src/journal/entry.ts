import type { Refusal } from "@mesibo-groups/core";
import type { CollectedRequest } from "@mesibo-groups/core/wire";
import type { Behaviour } from "../engine/behaviour.ts";

/** A request as it came in over HTTP, and the answer that went out. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
  /** Undefined where no answer went out. */
  readonly status: number | undefined;
  readonly answer: string;
}

/** The texts of an entry that are cut where they are long. */
export const cutTexts = ["query", "body", "answer"] as const;

/** One of {@link cutTexts}. */
export type CutText = (typeof cutTexts)[number];

/**
 * What may become of a request: `done` or `refused` by mesibo's rules, `fault` where an injected one kept it from
 * them, `defect` where the mock failed.
 */
export const entryResults = ["done", "refused", "fault", "defect"] as const;

/** One of {@link entryResults}. */
export type EntryResult = (typeof entryResults)[number];

/** One request in the journal. Holds the token as it was sent; it is masked when somebody reads. */
export interface Entry extends Exchange {
  /** From 1, ascending, never used twice. */
  readonly n: number;
  /** Unix milliseconds, of the machine and not of the world's clock. */
  readonly at: number;
  /** As the caller wrote it. */
  readonly op: string;
  readonly result: EntryResult;
  readonly refusal: Refusal | undefined;
  /** Behaviours without a source that the answer rests on. */
  readonly relied: readonly Behaviour[];
  /** What was injected: "delay 250 ms, close after". */
  readonly fault: string | undefined;
  /** The texts that are not whole any more. */
  readonly cut: readonly CutText[];
  /** The parameters, read before the request was cut; undefined where it is whole. */
  readonly params: CollectedRequest["params"] | undefined;
}

/** An entry before it has its number. */
export type Draft = Omit<Entry, "n" | "at" | "cut" | "params">;
