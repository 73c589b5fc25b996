import { StoreError } from "../store/errors.ts";
import type { Feed } from "./feed.ts";
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
    const { events, gone } = await feed.after(cursor);
    // After the read: what happened once the key was revoked is not told.
    if (gone || !(await isAllowed())) return;
    const frames = events.filter((event) => isWanted(filter, event)).map(({ frame }) => frame);
    cursor = events.at(-1)?.id ?? cursor;
    const isQuiet = performance.now() - sentAt >= pingMs;
    if (frames.length > 0) {
      // Behind the last event that is wanted there may be others, and the next page goes on from there.
      yield frames.join("");
      told = events.findLast((event) => isWanted(filter, event))?.id ?? told;
      sentAt = performance.now();
    } else if (isQuiet) {
      yield cursor > told ? bookmarkFrame(cursor) : PING;
      told = cursor;
      sentAt = performance.now();
    }
    if (events.length > 0) continue;
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
