import type { RequestListener, Server } from "node:http";
import { createListener } from "./listener.ts";
import { createApp } from "./app.ts";
import { assembleMock, mockParts, type Mock, type MockOptions } from "./mock.ts";
import type { Worlds } from "./worlds.ts";

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

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });

/** The web app behind Node's server, loaded when the first path that mesibo does not have is asked for. */
function lazyWeb(worlds: Worlds): RequestListener {
  let loaded: Promise<RequestListener> | undefined;

  return (request, response) => {
    loaded ??= import("@hono/node-server").then(({ getRequestListener }) =>
      getRequestListener(createApp(worlds).fetch, { overrideGlobalObjects: false }),
    );
    void loaded.then((listener) => listener(request, response));
  };
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
  const { createServer } = await import("node:http");
  const server = createServer(createListener(parts.worlds, lazyWeb(parts.worlds)));
  await listen(server, port, host);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${bound}/backend/`;
  return {
    ...assembleMock(parts, {
      url,
      fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
    }),
    close: () => close(server),
  };
}
