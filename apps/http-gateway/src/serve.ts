import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { DEADLINE_MS } from "./upstream.ts";

/** What is served, and where. */
export interface ServeOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** 0 is any free port. */
  readonly port: number;
  readonly host: string;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  /**
   * Takes no new connection, lets every request under way get its answer, and resolves. What takes longer
   * than any operation may take is cut.
   */
  readonly close: () => Promise<void>;
}

/** How long requests under way may take to end: an operation's own deadline, and a little. */
const GRACE_MS = DEADLINE_MS + 5_000;

/** Serves a gateway over HTTP. Rejects when the port cannot be had. */
export async function serve({ fetch, port, host }: ServeOptions): Promise<RunningGateway> {
  // With node-server's own Request as the global one: hono's body limit makes a Request of the one that came,
  // and undici's does not take node-server's.
  const listener = getRequestListener(fetch);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;

  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, GRACE_MS);
        // A kept-alive connection becomes idle only after its answer, and would hold the server open.
        const sweep = setInterval(() => {
          server.closeIdleConnections();
        }, 50);
        server.close(() => {
          clearTimeout(cut);
          clearInterval(sweep);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
