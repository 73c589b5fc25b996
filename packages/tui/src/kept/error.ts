/** Why a change that is kept cannot be settled so. Its message is a sentence that says what to do. */
export class KeptError extends Error {
  override readonly name = "KeptError";
  readonly fault: "usage" | "conflict" | "not_found";

  constructor(fault: KeptError["fault"], message: string) {
    super(message);
    this.fault = fault;
  }
}
