/** How frames are sent. */
export interface Pulling {
  readonly frames: AsyncGenerator<string, void, void>;
  /** Milliseconds for which a frame may wait to be taken. */
  readonly stallMs: number;
  /** Cuts the connection. */
  readonly cut: () => void;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

/**
 * A body that is made while it is read: one frame at a time, and none ahead. A reader who takes nothing for too long
 * is cut off, and can go on from the last id that they have.
 */
export function pulledBody({ frames, stallMs, cut, onEnd }: Pulling): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stall: NodeJS.Timeout | undefined;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    clearTimeout(stall);
    onEnd();
    // Where it waits for something to happen, it ends with that.
    void frames.return().catch(() => undefined);
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        clearTimeout(stall);
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
        stall = setTimeout(() => {
          end();
          controller.close();
          cut();
        }, stallMs);
        stall.unref();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
