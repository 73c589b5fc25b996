/** The name that the system, or a driver, has for an error, such as `ECONNREFUSED`; undefined where it has none. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
