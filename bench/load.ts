import { connect, type Socket } from "node:net";

/** A load on a server of this machine. */
export interface Load {
  readonly port: number;
  /** The next whole HTTP request. */
  readonly next: () => Buffer;
  readonly connections: number;
  readonly milliseconds: number;
  /** Ends sooner, once there are so many answers. */
  readonly enough?: number | undefined;
  /** Is told how long each answer took. */
  readonly onAnswer?: ((milliseconds: number) => void) | undefined;
}

/** A request to be written as bytes. */
export interface Asked {
  readonly method: "GET" | "POST";
  readonly target: string;
  /** Default: none. */
  readonly body?: string;
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** Default: none besides those that HTTP needs. */
  readonly headers?: readonly string[];
}

/** An HTTP request as bytes. */
export function requestBytes({
  method,
  target,
  body = "",
  contentType = "application/json",
  headers = [],
}: Asked): Buffer {
  const head = [
    `${method} ${target} HTTP/1.1`,
    "host: 127.0.0.1",
    ...headers,
    ...(body === "" ? [] : [`content-type: ${contentType}`, `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** Whether a text of one byte per character is one whole answer. Nothing is pipelined, so none begins after it. */
export function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith("\r\n0\r\n\r\n") : text.length >= head + 4 + Number(length);
}

/**
 * Keeps connections busy, each with one request after the other, and counts the answers. Not a tool from the
 * registry: those cost more per request than the servers do, and would be what is measured. Rejects where an answer
 * is no success: that would measure something else.
 */
export function load({
  port,
  next,
  connections,
  milliseconds,
  enough = Infinity,
  onAnswer,
}: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    const until = performance.now() + milliseconds;
    let answers = 0;
    let open = connections;
    const ended = new Set<Socket>();
    const end = (socket: Socket): void => {
      ended.add(socket);
      socket.destroy();
      open -= 1;
      if (open === 0) resolve(answers);
    };
    for (let index = 0; index < connections; index += 1) {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let text = "";
      let sent = 0;
      const send = (): void => {
        sent = performance.now();
        socket.write(next());
      };
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("close", () => {
        if (!ended.has(socket)) reject(new Error("closed a connection instead of answering"));
      });
      socket.on("data", (chunk: Buffer) => {
        text = text + chunk.toString("latin1");
        if (!isWhole(text)) return;
        if (!text.startsWith("HTTP/1.1 2")) {
          reject(new Error(`answered ${text.slice(0, 300)}`));
          end(socket);
          return;
        }
        const now = performance.now();
        onAnswer?.(now - sent);
        answers += 1;
        text = "";
        if (now < until && answers < enough) send();
        else end(socket);
      });
    }
  });
}
