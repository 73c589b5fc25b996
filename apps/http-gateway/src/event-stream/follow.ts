import { StoreError } from "../store/errors.ts";
import type { Feed, FedPage } from "./feed.ts";
import { isWanted, type EventFilter } from "./filter.ts";
import { bookmarkFrame, PING, shutdownFrame } from "./frames.ts";

/** What somebody follows. */
export interface Following {
  readonly feed: Feed;
  /** The last event that they have. */
  readonly after: number;
  /** Whether they are told at once where they stand: who asked from now on does not know it. */
  readonly bookmark: boolean;
  readonly filter: EventFilter;
  /** False: the stream ends with the newest event. */
  readonly follow: boolean;
  readonly stopping: AbortSignal;
  /** Whether the key that opened the stream still opens anything. */
  readonly isAllowed: () => Promise<boolean>;
  /** Milliseconds without anything to send, after which a sign of life is sent. */
  readonly pingMs: number;
}

/** What of a page is wanted. Of the page itself nothing is kept while its frames wait to be taken. */
function pick({ events, gone }: FedPage, filter: EventFilter) {
  const wanted = events.filter((event) => isWanted(filter, event));
  return {
    gone,
    text: wanted.map(({ frame }) => frame).join(""),
    told: wanted.at(-1)?.id,
    /** Behind the last event that is wanted there may be others. */
    last: events.at(-1)?.id,
  };
}

async function* readFrames(following: Following): AsyncGenerator<string, void, void> {
  const { feed, after, bookmark, filter, follow, stopping, isAllowed, pingMs } = following;
  let cursor = after;
  /** The last id that the reader was told. */
  let told = after;
  let sentAt = performance.now();

  if (bookmark) yield bookmarkFrame(cursor);
  for (;;) {
    const moved = feed.moved();
    if (stopping.aborted) {
      yield shutdownFrame(cursor);
      return;
    }
    const page = pick(await feed.after(cursor), filter);
    // After the read: what happened once the key was revoked is not told.
    if (page.gone || !(await isAllowed())) return;
    cursor = page.last ?? cursor;
    if (page.text !== "") {
      yield page.text;
      told = page.told ?? told;
      sentAt = performance.now();
    } else if (performance.now() - sentAt >= pingMs) {
      yield cursor > told ? bookmarkFrame(cursor) : PING;
      told = cursor;
      sentAt = performance.now();
    }
    if (page.last !== undefined) continue;
    if (!follow) {
      if (cursor > told) yield bookmarkFrame(cursor);
      return;
    }
    await moved;
  }
}

/**
 * The frames of a stream, in order and each once, for as long as the key is good, the history has no hole, and the
 * gateway runs. Reads only when a frame is asked for, so a reader who is slow costs nothing but their place.
 */
export async function* followEvents(following: Following): AsyncGenerator<string, void, void> {
  try {
    yield* readFrames(following);
  } catch (error) {
    // The stream ends: whoever follows asks again, and is told then.
    if (!(error instanceof StoreError)) throw error;
  }
}
