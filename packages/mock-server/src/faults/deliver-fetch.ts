import type { Reply } from "../reply.ts";
import { courseOf, type Course } from "./course.ts";
import type { Effect } from "./faults.ts";
import { waitFor } from "./wait.ts";

/** What `fetch` rejects with when a connection is closed. */
function closed(): TypeError {
  const cause = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}

function bodyOf({ chunks, everyMs, cut }: Course, signal: AbortSignal): ReadableStream<Uint8Array> {
  const left = chunks[Symbol.iterator]();
  const cancelled = new AbortController();
  const gone = AbortSignal.any([signal, cancelled.signal]);
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (begun && everyMs > 0) await waitFor(everyMs, gone);
        begun = true;
        if (gone.aborted) {
          controller.error(gone.reason);
          return;
        }
        const { done, value } = left.next();
        if (done !== true) controller.enqueue(value);
        else if (cut) controller.error(new TypeError("terminated", { cause: closed().cause }));
        else controller.close();
      },
      cancel: () => {
        cancelled.abort();
      },
    },
    // Nothing is made ahead of its reader, so an answer that nobody reads keeps no timer.
    { highWaterMark: 0 },
  );
}

/** The answer that `fetch` gives in this process as an effect says. Throws where there is none. */
export function deliverFetch(reply: Reply, effect: Effect, signal: AbortSignal): Response {
  const course = courseOf(reply, effect);
  if (course === undefined) throw closed();
  const { status, contentType, length } = course;
  return new Response(bodyOf(course, signal), {
    status,
    headers: { "content-type": contentType, "content-length": String(length) },
  });
}
