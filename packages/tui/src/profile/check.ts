/** One thing that `doctor` looked at. */
export interface Check {
  readonly name: string;
  /** A secret's description, never the secret. */
  readonly value: string;
  readonly origin: string;
  readonly state: "ok" | "warning" | "wrong";
  /** What to do, where something is not right. */
  readonly advice?: string;
}
