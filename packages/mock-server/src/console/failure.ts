/** Why something that was asked of the console was not done. */
export interface Failure {
  /** A few words. */
  readonly title: string;
  /** What is wrong and what would be right. */
  readonly sentence: string;
  /** The request in the journal, where it was one. */
  readonly n: number | undefined;
}
