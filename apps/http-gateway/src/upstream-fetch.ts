import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { AnswerBody, FetchLike } from "@mesibo-groups/core";
import packageJson from "../package.json" with { type: "json" };

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** A failure before there was a connection, as the system says it of one: nothing of the request has been sent. */
const notConnected = (error: unknown): Error =>
  Object.assign(new Error("no connection"), {
    code: codeOf(error) ?? "ECONNABORTED",
    syscall: "connect",
  });

/** The bytes of an answer. Nothing is held back: whoever reads them waits for nothing else. */
function readerOf(message: IncomingMessage): ReturnType<AnswerBody["getReader"]> {
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
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const target = new URL(url);
      const secure = target.protocol === "https:";
      const request = (secure ? requestHttps : requestHttp)(target, {
        method,
        headers: { "user-agent": `mesibo-gateway/${packageJson.version}`, ...headers },
      });
      const stop = (): void => void request.destroy(new Error("aborted"));
      signal.addEventListener("abort", stop, { once: true });
      let connected = false;
      const late = setTimeout(() => {
        request.destroy(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }));
      }, connectMs);
      const connect = (): void => {
        connected = true;
        clearTimeout(late);
      };
      request.once("socket", (socket) => {
        // One that is not new, and one whose beginning was not seen, may have sent what follows.
        if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", connect);
        else connect();
      });
      request.once("response", (message) => {
        const reader = readerOf(message);
        resolve({ status: message.statusCode ?? 0, body: { getReader: () => reader } });
      });
      request.on("error", (error) => {
        clearTimeout(late);
        reject(connected ? error : notConnected(error));
      });
      request.end(body);
    });
}
