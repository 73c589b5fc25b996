import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Reply } from "../reply.ts";
import { courseOf, type Course } from "./course.ts";
import type { Effect } from "./faults.ts";
import { waitFor } from "./wait.ts";

const written = (response: ServerResponse, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    response.write(chunk, () => {
      resolve();
    });
  });

async function run(response: ServerResponse, socket: Socket, course: Course): Promise<void> {
  const { status, contentType, length, chunks, everyMs, cut } = course;
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
  });
  response.writeHead(status, { "content-type": contentType, "content-length": length });
  response.flushHeaders();
  for (const chunk of chunks) {
    if (gone.signal.aborted) return;
    await written(response, chunk);
    if (everyMs > 0) await waitFor(everyMs, gone.signal);
  }
  if (cut) socket.destroy();
  else response.end();
}

/** Gives the socket when it is the answer's turn: that of a pipelined request has none before. */
function onTurn(response: ServerResponse, take: (socket: Socket) => void): void {
  if (response.socket === null) response.once("socket", take);
  else take(response.socket);
}

/** Sends an answer over HTTP as an effect says. */
export function deliverNode(response: ServerResponse, reply: Reply, effect: Effect): void {
  const course = courseOf(reply, effect);
  onTurn(response, (socket) => {
    // Who hung up while the answer was delayed is told by no event any more.
    if (socket.destroyed) return;
    // A caller who hangs up in the middle ends it too; there is nobody left to tell.
    if (course === undefined) socket.resetAndDestroy();
    else run(response, socket, course).catch(() => response.destroy());
  });
}
