import type { Client } from "@mesibo-groups/core";
import type { Store } from "../store/store.ts";

/** What operations are made with. */
export interface Engine {
  readonly store: Store;
  /** The one holder of the app token. */
  readonly client: Client;
  /** The id of this process, in the rows of what it sends. */
  readonly instance: string;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** How long a group is left alone after a lost change, in milliseconds. */
  readonly quietMs: number;
  /** Aborted once the gateway ends: nothing new is sent to mesibo, and streams end. */
  readonly stopping: AbortSignal;
  /** Takes care of an operation whose end cannot be written down now. */
  readonly keepTrying: (write: () => Promise<void>) => void;
  /** Does work that no request waits for. What fails there has been written down. */
  readonly inBackground: (work: () => Promise<void>) => void;
  /** Resolves once nothing is done in the background any more. */
  readonly idle: () => Promise<void>;
  /** Marks a key as being worked on in this process. Answers how to end that, or undefined where it is already. */
  readonly begin: (actor: string, key: string) => (() => void) | undefined;
}

/** What an engine is made of. */
export type EngineParts = Pick<Engine, "store" | "client" | "instance"> & {
  /** Default: the clock of the machine. */
  readonly now?: (() => number) | undefined;
  /** Default: groups are not left alone after a crash. */
  readonly quietMs?: number | undefined;
  /** Default: it never ends. */
  readonly stopping?: AbortSignal | undefined;
};

const PAUSE_MS = 1_000;

/** Makes an engine. */
export function createEngine({
  store,
  client,
  instance,
  now = Date.now,
  quietMs = 0,
  stopping = new AbortController().signal,
}: EngineParts): Engine {
  const running = new Set<string>();
  const background = new Set<Promise<void>>();

  return {
    store,
    client,
    instance,
    now,
    quietMs,
    stopping,
    keepTrying: (write) => {
      const again = (): void => {
        write().catch(() => {
          setTimeout(again, PAUSE_MS).unref();
        });
      };
      setTimeout(again, PAUSE_MS).unref();
    },
    inBackground: (work) => {
      const done = work()
        .catch(() => undefined)
        .finally(() => background.delete(done));
      background.add(done);
    },
    idle: async () => {
      while (background.size > 0) await Promise.all(background);
    },
    begin: (actor, key) => {
      const name = JSON.stringify([actor, key]);
      if (running.has(name)) return undefined;
      running.add(name);
      return () => void running.delete(name);
    },
  };
}
