import { usage } from "./command-error.ts";
import type { Connection } from "./connect.ts";
import type { Shared } from "./reading.ts";

/**
 * Refuses a change where the profile allows none, or where it is marked as dangerous and nobody has said yes.
 * Throws a `CommandError` that names the profile and what would let it through.
 */
export function checkChange(
  { profile, readOnly, danger }: Pick<Connection, "profile" | "readOnly" | "danger">,
  { dryRun, yes, confirm }: Pick<Shared, "dryRun" | "yes" | "confirm">,
): void {
  if (dryRun) return;
  if (readOnly !== undefined) {
    throw usage(
      `The profile ${profile} is read-only (${readOnly}), so nothing was changed. Choose another one with --profile, or look with --dry-run.`,
    );
  }
  if (danger === true && !yes && confirm.length === 0) {
    throw usage(
      `The profile ${profile} is marked danger, so every change wants a word more. Add --yes to make it, or look with --dry-run. Nothing was changed.`,
    );
  }
}
