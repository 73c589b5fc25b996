import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { setImmediate } from "node:timers/promises";
import type { BodyReader, FetchLike } from "@mesibo-groups/core";
import packageJson from "../package.json" with { type: "json" };
import { codeOf } from "./code-of.ts";

const USER_AGENT = `mesibo-gateway/${packageJson.version}`;

/** A deadline in steps: while the whole process is kept from running, however long, only one of them passes. */
const STEPS = 4;

/** A failure before there was a connection, as the system says it of one: nothing of the request has been sent. */
const notConnected = (error: unknown): Error =>
  Object.assign(new Error("no connection"), { code: codeOf(error), syscall: "connect" });

/**
 * The bytes of an answer. A queue, because a stream's own iterator costs a tenth of a whole create; nothing is held
 * back, because the client reads on at once or gives the request up.
 */
function readerOf(message: IncomingMessage): BodyReader {
  const come: Uint8Array[] = [];
  let over: "ended" | "cut" | undefined;
  let news = Promise.withResolvers<void>();
  const tell = (): void => {
    news.resolve();
    news = Promise.withResolvers();
  };
  const finish = (how: typeof over) => () => {
    over ??= how;
    tell();
  };
  message.on("data", (piece: Uint8Array) => {
    come.push(piece);
    tell();
  });
  message.once("end", finish("ended"));
  message.on("error", finish("cut"));
  message.once("close", finish("cut"));
  return {
    read: async () => {
      if (come.length === 0 && over === undefined) await news.promise;
      const value = come.shift();
      if (value !== undefined) return { done: false, value };
      if (over === "cut") throw new Error("the answer was cut");
      return { done: true };
    },
    cancel: async () => void message.destroy(),
  };
}

/**
 * A `fetch` over Node's own HTTP client, that knows whether a connection was there when something failed, and gives
 * one up which is not there in time, TLS included. Nothing has been sent then, so that no outcome is unknown; the
 * deadline of the whole request would leave that open.
 *
 * Connections, and a proxy where the operator has Node use one, are those of Node's global agents.
 *
 * @param connectMs - Milliseconds.
 */
export function fetchWithin(connectMs: number): FetchLike {
  return async (url, { method, headers, body, signal }) => {
    // A commit to a file has kept the event loop from its sockets. It looks at them first, and drops a kept connection
    // whose end has come, or an answer that nobody waits for: what is written to it would be lost, or answered wrongly.
    await setImmediate();
    return new Promise((resolve, reject) => {
      const target = new URL(url);
      const secure = target.protocol === "https:";
      const request = (secure ? requestHttps : requestHttp)(target, {
        method,
        headers: { "user-agent": USER_AGENT, ...headers },
      });
      let connected = false;
      const fail = (error: unknown): void => {
        clearTimeout(deadline);
        reject(connected ? error : notConnected(error));
      };
      // Told at once: through a proxy's tunnel there is no socket yet, and Node is silent until there is one. It sends
      // nothing then of a request that was given up.
      const giveUp = (error: Error): void => {
        request.destroy(error);
        fail(error);
      };
      let step = 1;
      const deadline = setTimeout(() => {
        step += 1;
        if (step <= STEPS) deadline.refresh();
        else giveUp(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }));
      }, connectMs / STEPS);
      const onAbort = (): void => giveUp(new Error("aborted"));
      if (signal.aborted) onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      const onConnected = (): void => {
        connected = true;
        clearTimeout(deadline);
      };
      request.once("socket", (socket) => {
        // One that was used before may have sent what follows; of one whose beginning was not seen, nobody knows.
        if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", onConnected);
        else onConnected();
      });
      request.once("response", (message) => {
        const reader = readerOf(message);
        resolve({ status: message.statusCode ?? 0, body: { getReader: () => reader } });
      });
      request.on("error", fail);
      request.once("close", () => {
        signal.removeEventListener("abort", onAbort);
        // An answer that wants another protocol (101) is neither an answer nor an error.
        fail(new Error("closed without an answer"));
      });
      request.end(body);
    });
  };
}
