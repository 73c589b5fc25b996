import { connect, type Socket } from "node:net";

/** A load on a server of this machine. */
export interface Load {
  readonly port: number;
  /** The next whole HTTP request. */
  readonly next: () => Buffer;
  readonly connections: number;
  readonly milliseconds: number;
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

/** The length of the first whole answer in a text of one byte per character; 0 where it is not whole yet. */
function answerLength(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return 0;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  const end = head + 4 + Number(length);
  return text.length < end ? 0 : end;
}

/**
 * Keeps connections busy, each with one request after the other, and counts the answers. Not a tool from the
 * registry: those cost more per request than the servers do, and would be what is measured. Rejects where an answer
 * is no success: that would measure something else.
 */
export function load({ port, next, connections, milliseconds, onAnswer }: Load): Promise<number> {
  return new Promise((resolve, reject) => {
    const until = performance.now() + milliseconds;
    let answers = 0;
    let open = connections;
    const end = (socket: Socket): void => {
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
      socket.on("data", (chunk: Buffer) => {
        text = text + chunk.toString("latin1");
        const length = answerLength(text);
        if (length === 0) return;
        if (!text.startsWith("HTTP/1.1 2")) {
          reject(new Error(`answered ${text.slice(0, 300)}`));
          end(socket);
          return;
        }
        const now = performance.now();
        onAnswer?.(now - sent);
        answers += 1;
        text = text.slice(length);
        if (now < until) send();
        else end(socket);
      });
    }
  });
}
