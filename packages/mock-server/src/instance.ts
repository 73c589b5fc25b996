import packageJson from "../package.json" with { type: "json" };

/** Which mock answers: so that a test can tell that it talks to the one that it has started. */
export interface Instance {
  /** The version of the package. */
  readonly build: string;
  /** Random, new with every start. */
  readonly instance: string;
  /** What new worlds start with: `none`, `demo` or `custom`. */
  readonly seed: string;
  /** RFC 3339. */
  readonly started_at: string;
}

/** The identity of a mock that starts now. */
export const createInstance = (seed: string): Instance => ({
  build: packageJson.version,
  instance: crypto.randomUUID(),
  seed,
  started_at: new Date().toISOString(),
});
