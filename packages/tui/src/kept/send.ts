import type { MembersOptions } from "@mesibo-groups/core";
import { ProfileError } from "../profile/errors.ts";
import type { Entry } from "./entry.ts";
import { withKeeping } from "./failure.ts";
import { beginSending, endSending } from "./sender.ts";
import type { Store } from "./store.ts";

/** Sends a change with these options. */
export type Send<T> = (options: MembersOptions) => Promise<T>;

/** A change that is sent, and what is kept of it. */
export interface Sent {
  readonly store: Store;
  readonly entry: Entry;
  readonly options?: MembersOptions | undefined;
  /** Whether it is kept as being sent already. */
  readonly isClaimed?: boolean | undefined;
  /** What may have happened by an error; undefined where nothing did. */
  readonly leftOf: (error: unknown) => Entry | undefined;
}

/** Works with the files; resolves with why it did not go. */
async function faultOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
}

/** Sends a change that is kept from before its first byte leaves until its outcome is known. */
export async function sendKept<T>(
  { store, entry, options, isClaimed = false, leftOf }: Sent,
  send: Send<T>,
): Promise<T> {
  const { id } = entry;
  let isBegun = isClaimed;
  let fault: string | undefined;
  const beforeSend = async (): Promise<void> => {
    await options?.beforeSend?.();
    isBegun = true;
    // A folder that cannot be written is no reason to refuse a change. Where its outcome is unknown, that is told.
    fault = await faultOf(() => store.write({ ...entry, sender: beginSending(id) }));
  };
  try {
    const result = await send({ ...options, beforeSend });
    // Where it cannot be removed it is listed once too often: what was done is done.
    if (isBegun) await faultOf(() => store.remove(id));
    return result;
  } catch (error) {
    if (!isBegun) throw error;
    const left = leftOf(error);
    const after = await faultOf(() => (left === undefined ? store.remove(id) : store.write(left)));
    // What was written first is there still, and this process will have ended.
    throw withKeeping(error, after === undefined || fault === undefined ? { id } : { fault });
  } finally {
    endSending(id);
  }
}
