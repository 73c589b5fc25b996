/** Why a question to a gateway was not done, or may not have been. Holds no key. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly outcome: "refused" | "not_sent" | "unknown" | "no_gateway";
  /** HTTP status of a refusal in the gateway's own shape. */
  readonly status: number | undefined;

  constructor(outcome: GatewayError["outcome"], message: string, status?: number) {
    super(message);
    this.outcome = outcome;
    this.status = status;
  }
}
