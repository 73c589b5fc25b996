/** How frames are sent. */
export interface Pulling {
  readonly frames: AsyncGenerator<string, void, void>;
  /** Milliseconds for which a frame may wait to be taken: by the reader, or by the system, as long as it has room. */
  readonly stallMs: number;
  /** Aborted once the gateway ends: from then on a frame waits for a second at most. */
  readonly stopping: AbortSignal;
  /** Cuts the connection. */
  readonly cut: () => void;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

const LAST_MS = 1_000;

/**
 * A body that is made while it is read: one frame at a time, and none ahead. A reader who takes nothing for too long
 * is cut off, and can go on from the last id that they have.
 */
export function pulledBody({ frames, stallMs, stopping, cut, onEnd }: Pulling): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stall: NodeJS.Timeout | undefined;
  let giveUp: (() => void) | undefined;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    clearTimeout(stall);
    stopping.removeEventListener("abort", wait);
    onEnd();
    // Where it waits for something to happen, it ends with that.
    void frames.return().catch(() => undefined);
  }

  /** Gives up after a time, where a frame waits to be taken. */
  function wait(): void {
    clearTimeout(stall);
    if (giveUp === undefined) return;
    stall = setTimeout(giveUp, stopping.aborted ? Math.min(stallMs, LAST_MS) : stallMs);
    stall.unref();
  }
  stopping.addEventListener("abort", wait);

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        giveUp = undefined;
        wait();
        try {
          const { done, value } = await frames.next();
          if (ended) return;
          if (done === true) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(value));
        } catch (error) {
          end();
          throw error;
        }
        giveUp = () => {
          end();
          controller.close();
          cut();
        };
        wait();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
