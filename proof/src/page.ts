import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parsed } from "./check.ts";

const LONGEST_MS = 60_000;

/** A page to open. */
export interface Page {
  readonly browser: string;
  /** The file of its only script. */
  readonly script: string;
  /** The mock that it reaches as /backend/ of its own address. */
  readonly url: string;
}

// Chromium calls nobody by itself with these.
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function forward(request: IncomingMessage, url: string): Promise<string> {
  const { method = "GET", headers } = request;
  const answer = await fetch(url, {
    method,
    headers: { "content-type": headers["content-type"] ?? "" },
    body: await text(request),
  });
  return answer.text();
}

/** Opens a page and answers what its script tells. */
export async function openPage({ browser, script, url }: Page): Promise<unknown> {
  const told = Promise.withResolvers<unknown>();
  const server = createServer((request, response) => {
    const answer = async (): Promise<readonly [type: string, body: string]> => {
      if (request.url === "/page.js") return ["text/javascript", await readFile(script, "utf8")];
      if (request.url === "/backend/") return ["application/json", await forward(request, url)];
      if (request.url === "/told") told.resolve(parsed(await text(request)));
      return [
        "text/html",
        '<!doctype html><title>proof</title><script type="module" src="/page.js"></script>',
      ];
    };
    answer().then(([type, body]) => response.setHeader("content-type", type).end(body), told.reject);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const profile = await mkdtemp(join(tmpdir(), "mesibo-proof-page-"));
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], {
    stdio: "ignore",
  });
  child.on("error", told.reject);
  const ended = once(child, "exit");
  const late = setTimeout(() => told.reject(new Error("the page told nothing in 60 s")), LONGEST_MS);
  try {
    return await told.promise;
  } finally {
    clearTimeout(late);
    child.kill("SIGTERM");
    await ended;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
