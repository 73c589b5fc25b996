import { createServer, type IncomingMessage } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { OperationsConfig } from "./config-operations.ts";
import { clientAddress, type TrustedProxies } from "./trusted-proxies.ts";

/** The connection that a request came on. */
export interface Connection {
  readonly cut: () => void;
  /** The client's address: that at its other end, or what a trusted proxy says. */
  readonly source: string | undefined;
}

/** What is served, and where. */
export interface ServeOptions {
  readonly fetch: (request: Request, connection: Connection) => Response | Promise<Response>;
  /** 0 is any free port. */
  readonly port: number;
  readonly host: string;
  readonly shutdown: OperationsConfig["shutdown"];
  /** Whose `X-Forwarded-For` is believed. Default: nobody's. */
  readonly trustedProxies?: TrustedProxies | undefined;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  /**
   * After the delay takes no new connection, lets every request under way get its answer, and resolves. What
   * takes longer than the grace is cut.
   */
  readonly close: () => Promise<void>;
}

/**
 * Who keeps a connection may be about to ask again. For this long that is answered, with `Connection: close`;
 * closed at once, the request would be lost, and nobody could tell whether it was done.
 */
const SETTLE_MS = 250;

/** Whoever sends slowly, on purpose or not, holds a connection no longer than this. */
const slowness = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };

/** Serves a gateway over HTTP. Rejects when the port cannot be had. */
export async function serve({
  fetch,
  port,
  host,
  shutdown,
  trustedProxies,
}: ServeOptions): Promise<RunningGateway> {
  const sourceOf = ({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): string | undefined => {
    // Node joins several headers of this name with commas.
    const header = headers["x-forwarded-for"]?.toString();
    return clientAddress({ socket: socket.remoteAddress, header }, trustedProxies);
  };
  // With node-server's own Request as the global one: hono's body limit makes a Request of the one that came,
  // and Node's own does not take node-server's.
  const listener = getRequestListener((request, { incoming }) =>
    fetch(request, {
      // Closed the usual way, what was not taken yet would stay in the system's memory for minutes, up to 4 MB of it.
      cut: () => void incoming.socket.resetAndDestroy(),
      source: sourceOf(incoming),
    }),
  );
  const server = createServer(slowness, (request, response) => void listener(request, response));
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
    close: async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(SETTLE_MS, shutdown.delayMs)));
      // A busy process fires this timer late, with requests that came in time still unread: those first.
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise<void>((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, shutdown.graceMs);
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
      });
    },
  };
}
