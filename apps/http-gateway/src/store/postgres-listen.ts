import pg from "pg";
import type { Topic } from "./store.ts";

const topics = new Map<string, Topic>([
  ["events", "events"],
  ["latch", "latch"],
  ["keys", "keys"],
]);

/** What to listen to. */
export interface Listening {
  readonly config: pg.ClientConfig;
  readonly channel: string;
  readonly tell: (topic: Topic) => void;
}

const PAUSE_MS = 500;

/**
 * Listens with a connection of its own, and again whenever that ends. Whatever was announced in between was
 * missed, so everyone is told once more after each new start.
 *
 * Resolves once it listens, with how to stop.
 */
export async function listenPostgres({ config, channel, tell }: Listening): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ ...config, keepAlive: true });
    fresh.on("notification", ({ payload }) => {
      const topic = topics.get(payload ?? "");
      if (topic !== undefined) tell(topic);
    });
    fresh.on("error", () => undefined);
    fresh.on("end", retry);
    await fresh.connect();
    await fresh.query(`listen ${channel}`);
    client = fresh;
  }

  async function reconnect(): Promise<void> {
    again = undefined;
    try {
      await connect();
    } catch {
      retry();
      return;
    }
    for (const topic of topics.values()) tell(topic);
  }

  function retry(): void {
    if (stopped || again !== undefined) return;
    again = setTimeout(() => void reconnect(), PAUSE_MS);
    again.unref();
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(again);
    await client?.end();
  };
}
