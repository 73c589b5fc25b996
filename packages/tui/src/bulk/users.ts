import type { Client } from "@mesibo-groups/core";
import { failureOf } from "../failure.ts";
import type { Edit } from "./edit.ts";
import type { Failed } from "./result.ts";
import { CANCELLED } from "./run.ts";

/** Addresses that are to become users. */
export interface NewUsers {
  readonly client: Client;
  readonly edits: readonly Edit[];
}

/** How users are made. */
export interface NewUsersOptions {
  /** Makes no further user once it has fired. */
  readonly stop?: AbortSignal | undefined;
  /** Called after each user. */
  readonly onProgress?: ((made: number) => void) | undefined;
}

/** What became of each address. */
export interface UsersMade {
  readonly made: readonly Edit[];
  readonly refused: readonly Failed[];
  /** Not sent to the group, because nobody knows whether there is such a user. */
  readonly notSent: readonly Failed[];
  /** Calls that were started. */
  readonly calls: number;
}

const rest = (edits: readonly Edit[], reason: string): readonly Failed[] =>
  edits.map((edit) => ({ edit, reason }));

/** Makes a user of each address, one call after the other, until an answer does not come. */
export async function makeUsers(
  { client, edits }: NewUsers,
  { stop, onProgress }: NewUsersOptions = {},
): Promise<UsersMade> {
  const made: Edit[] = [];
  const refused: Failed[] = [];
  for (const [calls, edit] of edits.entries()) {
    if (stop?.aborted === true) return { made, refused, notSent: rest(edits.slice(calls), CANCELLED), calls };
    try {
      await client.users.create({ address: edit.address });
      made.push(edit);
    } catch (error) {
      const { outcome, text, operation } = failureOf(error);
      const reason = `No user was made: ${text}${operation === undefined ? "" : ` (${operation})`}`;
      if (outcome !== "refused")
        return { made, refused, notSent: rest(edits.slice(calls), reason), calls: calls + 1 };
      refused.push({ edit, reason });
    }
    onProgress?.(made.length);
  }
  return { made, refused, notSent: [], calls: edits.length };
}
