/** Why a question to a mock's control API was not done, or may not have been. Holds no token and no next step. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly outcome: "refused" | "not_sent" | "unknown";
  /** HTTP status of a refusal in the control API's own shape. */
  readonly status: number | undefined;

  constructor(outcome: ControlError["outcome"], message: string, status?: number) {
    super(message);
    this.outcome = outcome;
    this.status = status;
  }
}
