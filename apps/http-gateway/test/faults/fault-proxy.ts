import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { createServer, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Course } from "./course.ts";

/** A request as it came to the proxy, whole or in part. */
export interface Passed {
  /** What came of it, head and body. */
  readonly text: string;
  readonly course: Course;
  /** How often the upstream has answered it by now. */
  readonly delivered: number;
}

/**
 * Decides what becomes of a request. Asked with an empty text as a connection opens and as a request begins, for
 * `resetAfter`, and with the whole request for everything else.
 */
export type Decide = (text: string) => Course;

/** A proxy that does to HTTP what networks do. */
export interface FaultProxy {
  readonly url: string;
  /** Every request, whole or in part, in the order in which they came. */
  readonly passed: readonly Passed[];
  /** From now on this decides. At first everything passes. */
  readonly decide: (decide: Decide) => void;
  /** Whoever wants a connection is refused, and those that are open end. */
  readonly refuse: () => void;
  /** Takes connections again, at the same port. */
  readonly accept: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The length of a request with its head, or undefined while the head is not whole. */
function lengthOf(text: string): number | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  return end + 4 + Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
}

/** Headers that belong to a connection and not to the message. */
const ofConnection = new Set(["connection", "content-length", "host", "keep-alive", "transfer-encoding"]);

/** Asks the upstream what the caller asks, and answers the bytes of its answer. */
async function deliver(
  text: string,
  { upstream, agent }: { upstream: string; agent: Agent },
): Promise<Buffer> {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = lines
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()])
    .filter(([name = ""]) => !ofConnection.has(name.toLowerCase()));
  const asked = request(new URL(path, upstream), { agent, method, headers: Object.fromEntries(headers) });
  asked.end(text.slice(end + 4), "latin1");
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const content = await buffer(answer);
  const kept = Object.entries(answer.headers).filter(([name]) => !ofConnection.has(name));
  const length = [204, 304].includes(answer.statusCode ?? 0) ? [] : [["Content-Length", content.length]];
  const head = [...kept, ...length].map(([name, value]) => `${String(name)}: ${String(value)}`);
  const start = `HTTP/1.1 ${String(answer.statusCode)} ${answer.statusMessage ?? ""}`;
  return Buffer.concat([Buffer.from([start, ...head, "", ""].join("\r\n"), "latin1"), content]);
}

/** Starts a proxy in front of a server on this machine. Every request goes alone: nothing is pipelined. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const passed: { text: string; course: Course; delivered: number }[] = [];
  const sockets = new Set<Socket>();
  const agent = new Agent({ keepAlive: true });
  let decide: Decide = () => ({});

  async function answer(socket: Socket, passing: (typeof passed)[number]): Promise<boolean> {
    const { deliver: times = 1, delayMs = 0, answer: shape = "whole", deadAfter = false } = passing.course;
    let bytes: Buffer = Buffer.alloc(0);
    for (let time = 0; time < times; time += 1) {
      bytes = await deliver(passing.text, { upstream, agent });
      passing.delivered += 1;
    }
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (shape === "closed") socket.destroy();
    if (shape === "cut") socket.end(bytes.subarray(0, -1));
    if (shape === "whole") socket.write(bytes);
    return shape === "whole" && !deadAfter;
  }

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    if (decide("").resetAfter === 0) {
      socket.resetAndDestroy();
      return;
    }
    let text = "";
    let resetAfter: number | undefined;
    let alive = true;

    const pass = (course: Course): (typeof passed)[number] => {
      const passing = { text, course, delivered: 0 };
      passed.push(passing);
      text = "";
      return passing;
    };
    socket.on("data", (chunk: Buffer) => {
      if (!alive) {
        socket.resetAndDestroy();
        return;
      }
      if (text === "") ({ resetAfter } = decide(""));
      text += chunk.toString("latin1");
      const length = lengthOf(text);
      const whole = length !== undefined && text.length >= length;
      if (resetAfter !== undefined && (whole || text.length >= resetAfter)) {
        pass({ resetAfter });
        socket.resetAndDestroy();
        return;
      }
      if (!whole) return;
      void answer(socket, pass(decide(text))).then(
        (stays) => (alive = stays),
        () => socket.destroy(),
      );
    });
  }

  const server = createServer(serve);
  const listen = async (port: number): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    passed,
    decide: (how) => {
      decide = how;
    },
    refuse: () => {
      server.close();
      end();
    },
    accept: () => listen(port),
    close: async () => {
      end();
      agent.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
