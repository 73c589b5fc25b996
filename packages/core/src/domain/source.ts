/**
 * How sure we are that mesibo really behaves so.
 *
 * - `documented`: mesibo's own documentation says it.
 * - `recorded`: seen in a published answer, in mesibo's console or in its official clients.
 * - `assumed`: our best reading where no source says anything.
 */
export type Confidence = "documented" | "recorded" | "assumed";

/** A statement about mesibo with where it comes from. */
export interface Sourced {
  /** Where the statement comes from, as listed in `docs/wire.md`. */
  readonly source: string;
  readonly confidence: Confidence;
}
