import type { RequestListener, Server } from "node:http";
import type { WebFetch } from "./fetch.ts";
import { lazyWeb } from "./lazy-web.ts";
import { createListener } from "./listener.ts";
import type { MockParts } from "./parts.ts";

/** Where to listen. */
export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
}

/** Worlds that can be reached over HTTP. */
export interface Listening {
  /** The URL for a client to call. */
  readonly url: string;
  /** Stops listening and ends every connection. A second call waits for the first. */
  readonly close: () => Promise<void>;
}

const bind = (server: Server, port: number, host: string): Promise<void> =>
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

/** The web face of a mock behind Node's server. */
function nodeWeb(web: WebFetch): RequestListener {
  let loaded: Promise<RequestListener> | undefined;

  return (request, response) => {
    loaded ??= import("@hono/node-server").then(({ getRequestListener }) =>
      // The name stands in for a missing Host, which the control API then refuses.
      getRequestListener(web, { overrideGlobalObjects: false, hostname: "nowhere" }),
    );
    void loaded.then((listener) => listener(request, response));
  };
}

/** Answers over HTTP, and calls `afterLarge` after each large body. Rejects, with the worlds closed, when the port is taken. */
export async function listen(
  parts: MockParts,
  { port = 0, host = "127.0.0.1" }: ListenOptions,
  afterLarge?: () => void,
): Promise<Listening> {
  const { createServer } = await import("node:http");
  const { worlds } = parts;
  const web = nodeWeb(lazyWeb({ ...parts, host }));
  const server = createServer(createListener({ worlds, web, afterLarge }));
  try {
    await bind(server, port, host);
  } catch (error) {
    worlds.close();
    throw error;
  }
  const address = server.address();
  let closed: Promise<void> | undefined;
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/backend/`,
    close: () => {
      worlds.close();
      closed ??= close(server);
      return closed;
    },
  };
}
