/** What readiness looks at. */
export const checkNames = ["store", "latch", "upstream", "draining"] as const;

/** One thing that was looked at. */
export interface Check {
  readonly name: (typeof checkNames)[number];
  readonly ok: boolean;
  /** Why not, or that all is well. */
  readonly reason: string;
}
