import { Agent, request as httpRequest } from "node:http";

/** A request as it goes over the wire, typed by hand. */
export interface Raw {
  readonly method: string;
  /** Path with query, exactly as sent. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A connection pool that a test file shares and ends. */
export const createAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends exactly these bytes: `fetch` would refuse a GET with a body. */
export function sendRaw(base: string, raw: Raw, agent: Agent): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const body = raw.body ?? "";
    const length = Buffer.byteLength(body);
    const chunked = raw.headers?.["transfer-encoding"] !== undefined;
    const headers = {
      ...(length > 0 && !chunked ? { "content-length": String(length) } : {}),
      ...raw.headers,
    };
    const sent = httpRequest(
      { hostname, port, agent, method: raw.method, path: raw.target, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", text });
        });
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
