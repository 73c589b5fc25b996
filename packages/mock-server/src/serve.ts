import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { readHiddenBody } from "./hidden-body.ts";
import { assembleMock, mockParts, webHandler, type Mock, type MockOptions } from "./mock.ts";

/** How a mock is served. */
export interface StartOptions extends MockOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
}

/** A mock that listens. */
export interface RunningMock extends Mock {
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>;
}

const listen = (server: ServerType, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}

function portOf(address: AddressInfo | string | null, fallback: number): number {
  return typeof address === "object" && address !== null ? address.port : fallback;
}

/**
 * Serves a mock mesibo over HTTP on this machine. Rejects when the port is taken.
 *
 * @example
 * ```ts
 * import { startMock } from "@mesibo-groups/mock-server";
 *
 * const mock = await startMock();
 * const answer = await fetch(`${mock.url}?op=groupadd&token=${mock.token}&name=News`);
 * console.assert((await answer.json()).group.gid === 102529);
 * await mock.close();
 * ```
 */
export async function startMock(options: StartOptions = {}): Promise<RunningMock> {
  const { port = 0, host = "127.0.0.1" } = options;
  const parts = mockParts(options);
  const server = createAdaptorServer({
    fetch: webHandler(parts, readHiddenBody).fetch,
    overrideGlobalObjects: false,
  });
  await listen(server, port, host);
  const shownHost = host.includes(":") ? `[${host}]` : host;
  const url = `http://${shownHost}:${portOf(server.address(), port)}/backend/`;
  return {
    ...assembleMock(parts, {
      url,
      fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
    }),
    close: () => close(server),
  };
}
