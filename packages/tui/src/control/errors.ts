/** Why a question to a mock's control API was not done, or may not have been. Holds no token. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly outcome: "refused" | "not_sent" | "unknown";

  constructor(outcome: ControlError["outcome"], message: string) {
    super(message);
    this.outcome = outcome;
  }
}
