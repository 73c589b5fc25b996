import type { Client } from "@mesibo-groups/core";
import { addsEachTime } from "../call/op-class.ts";
import type { Settling } from "../operation.ts";
import { sendAgain } from "./again.ts";
import type { Keeping } from "./client.ts";
import { detailOf, type Entry, type Owner } from "./entry.ts";
import { KeptError } from "./error.ts";
import { sendKept } from "./send.ts";
import { beginSending, endSending, isSending } from "./sender.ts";
import type { Kept } from "./store.ts";

/** What is kept, as one profile sees it. */
export interface OwnKept extends Kept {
  /** What other profiles have sent to other apps, or this one when it had another URL. */
  readonly others: readonly Entry[];
}

/** The changes that one profile has sent and that may have happened. */
export interface KeptChanges {
  readonly list: () => Promise<OwnKept>;
  /** Rejects with `KeptError` where this profile has none of this id. */
  readonly find: (id: string) => Promise<Entry>;
  /** Settles a change, or sends it again. Rejects with `KeptError`, or with what the client says. */
  readonly settle: (settling: Settling) => Promise<void>;
}

/** A renamed profile is the same one, as is another one that asks the same app. */
const isSame = (then: Owner, now: Owner): boolean =>
  then.url === now.url &&
  (then.name === now.name || (then.credential !== undefined && then.credential === now.credential));

const onItsWay = (id: string, by: string): KeptError =>
  new KeptError("conflict", `${id} is on its way: ${by}. Wait for the answer, then look again.`);

/** Another credential may be another app's, where what is repeated was never asked for. */
function checkCredential({ id, owner: then }: Entry, now: Owner): void {
  if (then.credential === undefined || then.credential === now.credential) return;
  throw new KeptError(
    "conflict",
    `${id} was sent with another credential (${then.credential}) than the profile ${now.name} has now (${now.credential}), and may go to another app. Nothing was sent. Give the profile the credential of then, or say whether it happened; a change that did not happen is then made anew.`,
  );
}

/** The changes that are kept here for a profile; the client sends one again without keeping it twice. */
export function createKeptChanges({ store, owner }: Keeping, client: Client): KeptChanges {
  const isOwn = (entry: Entry): boolean => isSame(entry.owner, owner);

  async function list(): Promise<OwnKept> {
    const { entries, faults } = await store.list();
    const { own = [], others = [] } = Object.groupBy(entries, (entry) => (isOwn(entry) ? "own" : "others"));
    return { entries: own, others, faults };
  }

  async function find(id: string): Promise<Entry> {
    const { entries, others } = await list();
    const found = entries.find((entry) => entry.id === id);
    if (found !== undefined) return found;
    const other = others.find((entry) => entry.id === id);
    const where =
      other === undefined ? "" : ` The profile ${other.owner.name} sent it to ${other.owner.url}.`;
    throw new KeptError(
      "not_found",
      `Nothing is kept as ${id} for the profile ${owner.name}.${where} See ops list.`,
    );
  }

  async function findLeft(id: string): Promise<Entry> {
    const entry = await find(id);
    const { sender } = entry;
    if (!isSending(entry)) return entry;
    const by = sender === undefined ? "it was sent" : `process ${sender.pid} on ${sender.machine} sends it`;
    throw onItsWay(id, by);
  }

  /** Says that this program sends a change once more: of several at once, one does. */
  async function claim(id: string): Promise<Entry> {
    const claimed = await store.alone(id, async () => {
      const entry = await findLeft(id);
      try {
        await store.write({ ...entry, sender: beginSending(id) });
      } catch (error) {
        endSending(id);
        throw error;
      }
      return entry;
    });
    if (claimed === undefined) throw onItsWay(id, "another program sends it");
    return claimed;
  }

  return {
    list,
    find,
    settle: async ({ id, resolution }) => {
      const entry = await findLeft(id);
      const { change } = entry;
      if (resolution.outcome !== "retried") {
        await store.remove(id);
        return;
      }
      checkCredential(entry, owner);
      if (addsEachTime(change) && resolution.accept_duplicate_risk !== true)
        throw new KeptError(
          "usage",
          "Sent once more, it may be done twice: mesibo makes another one each time. Add --accept-duplicate-risk where that is better than none.",
        );
      const claimed = await claim(id);
      // Whatever comes of it, it says nothing of what was sent before.
      const left = { ...claimed, sender: undefined, detail: detailOf(claimed) };
      await sendKept({ store, entry: left, isClaimed: true, leftOf: () => left }, (options) =>
        sendAgain(client, change, options),
      );
    },
  };
}
