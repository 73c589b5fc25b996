import { MembersError, UnknownOutcomeError } from "@mesibo-groups/core";

/** The id under which a gateway, or this machine, keeps a change whose outcome is unknown. */
export function operationOf(error: unknown): string | undefined {
  // No further call starts after the first unknown outcome, so it is the only one.
  const [lost] = error instanceof MembersError ? error.report.unknown : [];
  const told = lost?.error ?? error;
  return told instanceof UnknownOutcomeError ? told.operation?.split("/").at(-1) : undefined;
}
