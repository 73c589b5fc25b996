import { UnknownOutcomeError } from "@mesibo-groups/core";

/** The id under which a gateway keeps a change whose outcome is unknown. */
export const operationOf = (error: unknown): string | undefined =>
  error instanceof UnknownOutcomeError ? error.operation?.split("/").at(-1) : undefined;
