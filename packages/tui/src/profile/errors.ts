/** Something in the configuration or a credential is not usable. Its message is for people and never holds a secret. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
  /** Where it is: a file's path, a variable, an option. */
  readonly source: string;
  /** What the user can do about it. */
  readonly next: string;

  constructor({
    source,
    fault,
    next,
  }: {
    readonly source: string;
    readonly fault: string;
    readonly next: string;
  }) {
    super(`${source}: ${fault} ${next}`);
    this.source = source;
    this.next = next;
  }
}
