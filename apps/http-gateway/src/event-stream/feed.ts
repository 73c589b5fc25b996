import type { Gid } from "@mesibo-groups/core";
import { readEvents } from "../journal/history.ts";
import type { Engine } from "../operations/engine.ts";
import { eventFrame } from "./frames.ts";

/** An event, ready to be sent. */
export interface FedEvent {
  readonly id: number;
  readonly type: string;
  readonly gid: Gid | null;
  readonly frame: string;
}

/** Some events, oldest first. */
export interface FedPage {
  readonly events: readonly FedEvent[];
  /** True where events between were deleted. */
  readonly gone: boolean;
}

/** What streams read from: one for all of them. */
export interface Feed {
  /** The events after an id. Whoever asks for the same in the same moment shares one read. */
  readonly after: (id: number) => Promise<FedPage>;
  /** Resolves once there may be more, within a second. Ask for it before reading, so that nothing falls between. */
  readonly moved: () => Promise<void>;
  /** Counts a stream in, and answers how to count it out. */
  readonly join: () => () => void;
}

/** So few that a reader who stalls holds little. */
const AT_ONCE = 25;

/** How often is looked although nobody announced anything: an announcement may be lost, or come from a command. */
const LOOK_MS = 1_000;

/** Makes a feed. It looks at the store while there are streams only. */
export function createFeed({ store, stopping }: Pick<Engine, "store" | "stopping">): Feed {
  const pages = new Map<number, Promise<FedPage>>();
  let next = Promise.withResolvers<void>();
  let streams = 0;
  let rest: (() => void) | undefined;

  function wake(): void {
    // A read that began before may have missed what this is about.
    pages.clear();
    next.resolve();
    next = Promise.withResolvers();
  }

  function begin(): () => void {
    const timer = setInterval(wake, LOOK_MS);
    timer.unref();
    const deafen = store.listen("events", wake);
    stopping.addEventListener("abort", wake);
    return () => {
      clearInterval(timer);
      deafen();
      stopping.removeEventListener("abort", wake);
    };
  }

  async function read(after: number): Promise<FedPage> {
    const { rows, gone } = await store.read((db) => readEvents(db, { after, limit: AT_ONCE }));
    return {
      events: rows.map((row) => ({ id: row.id, type: row.type, gid: row.gid, frame: eventFrame(row) })),
      gone,
    };
  }

  return {
    after: (id) => {
      const known = pages.get(id);
      if (known !== undefined) return known;
      const page = read(id).finally(() => {
        if (pages.get(id) === page) pages.delete(id);
      });
      pages.set(id, page);
      return page;
    },
    moved: () => next.promise,
    join: () => {
      if (streams === 0) rest = begin();
      streams += 1;
      return () => {
        streams -= 1;
        if (streams === 0) rest?.();
      };
    },
  };
}
