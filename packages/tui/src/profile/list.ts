import { MESIBO_URL } from "@mesibo-groups/core";
import { EMBEDDED } from "./choose.ts";
import type { Files } from "./load.ts";
import type { Kind } from "./schema.ts";

/** A profile as a list shows it. */
export interface ProfileRow {
  readonly name: string;
  readonly kind: Kind;
  /** None for a mock in this process. */
  readonly url: string | undefined;
  readonly readOnly: boolean;
  readonly danger: boolean;
  /** Whether the user's file names it as the one to use. */
  readonly isDefault: boolean;
}

/** The user's profiles in the order of the file, and the embedded mock, which is always there. */
export function listProfiles({ user }: Files): readonly ProfileRow[] {
  const { profiles = {}, default: chosen = EMBEDDED } = user?.content ?? {};
  const rows = Object.entries(profiles).map(
    ([name, { kind, url, read_only: readOnly = false, danger = false }]): ProfileRow => ({
      name,
      kind,
      url: url ?? (kind === "mesibo" ? MESIBO_URL : undefined),
      readOnly,
      danger,
      isDefault: name === chosen,
    }),
  );
  const embedded = { name: EMBEDDED, kind: "mock", url: undefined, readOnly: false, danger: false } as const;
  return [...rows, { ...embedded, isDefault: chosen === EMBEDDED }];
}
