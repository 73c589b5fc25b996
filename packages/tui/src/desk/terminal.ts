/** The terminal of this process, which a program can have for a while. */
export interface Terminal {
  /** Leaves the terminal and its keys to whoever runs during this, then takes both back. */
  readonly lend: (during: () => Promise<void>) => Promise<void>;
  readonly write: (sequence: string) => void;
}
