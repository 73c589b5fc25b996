import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "./bench.ts";
import { compare, quickEffort, type Effort } from "./compare.ts";
import type { Contender, Work } from "./contender.ts";
import { requestBytes } from "./load.ts";
import { path } from "./server.ts";

const folder = path("bench/peers");
/** A program in the folder of the peers, given as its words. */
const words = (text: string): readonly string[] =>
  text.split(" ").map((word) => (/^(servers|node_modules)\//.test(word) ? join(folder, word) : word));
const node = (text: string): readonly string[] => [process.execPath, ...words(text)];

/** Of many keys the next one, as emulate refuses a key after 5,000 calls. */
function authorization(index: number): readonly string[] {
  const key = `SK${String(index % 1_000).padStart(32, "0")}:secret`;
  return [`authorization: Basic ${Buffer.from(key).toString("base64")}`];
}
const service = `/conversations/v1/Services/IS${"0".repeat(32)}`;
const conversations: Work = {
  GET: (index) => requestBytes({ method: "GET", target: service, headers: authorization(index) }),
  POST: (index) =>
    requestBytes({
      method: "POST",
      target: `${service}/Conversations`,
      body: "FriendlyName=x",
      contentType: "application/x-www-form-urlencoded",
      headers: authorization(index),
    }),
};
const row = requestBytes({ method: "GET", target: "/groups/1" });
const newRow = requestBytes({ method: "POST", target: "/groups", body: '{"name":"x","flag":0}' });

interface Peer extends Contender {
  /** The package that it comes in. */
  readonly from: string;
}

/** Each does the common work as far as it can, with logs and journals off where they can be. */
const peers: readonly Peer[] = [
  { name: "hono", from: "hono", command: (port) => node(`servers/hono.mjs ${port}`) },
  { name: "fastify", from: "fastify", command: (port) => node(`servers/fastify.mjs ${port}`) },
  { name: "express", from: "express", command: (port) => node(`servers/express.mjs ${port}`) },
  { name: "emulate, own service", from: "emulate", command: (port) => node(`servers/emulate.mjs ${port}`) },
  {
    name: "emulate, Twilio",
    from: "emulate",
    command: (port) => node(`servers/emulate-twilio.mjs ${port}`),
    work: conversations,
    right: /"sid":/,
  },
  {
    name: "json-server",
    from: "json-server",
    command: (port) => node(`node_modules/json-server/lib/cli/bin.js -q -p ${port} servers/json-server.cjs`),
    work: { GET: () => row, POST: () => newRow },
    right: /"id": /,
  },
  {
    name: "MSW http middleware",
    from: "@mswjs/http-middleware",
    command: (port) => node(`servers/msw.mjs ${port}`),
  },
  {
    name: "Prism",
    from: "@stoplight/prism-cli",
    command: (port) =>
      node(`node_modules/@stoplight/prism-cli/dist/index.js mock -v silent -p ${port} servers/prism.json`),
  },
  {
    name: "Mockoon",
    from: "@mockoon/cli",
    command: (port) =>
      node(
        "node_modules/@mockoon/cli/bin/run.js start -X --max-transaction-logs 0 --disable-admin-api " +
          `-d servers/mockoon.json -l 127.0.0.1 -p ${port}`,
      ),
  },
  {
    name: "WireMock",
    from: "wiremock",
    command: (port) =>
      words(
        "java -jar node_modules/wiremock/build/wiremock-standalone-3.13.2.jar --root-dir servers/wiremock " +
          `--disable-request-logging --no-request-journal --bind-address 127.0.0.1 --port ${port}`,
      ),
  },
];

function versionOf(name: string): string | undefined {
  const file = join(folder, "node_modules", name, "package.json");
  if (!existsSync(file)) return undefined;
  const described: unknown = JSON.parse(readFileSync(file, "utf8"));
  const version =
    typeof described === "object" && described !== null && "version" in described && described.version;
  return typeof version === "string" ? version : undefined;
}

/** Installs the peers from their own lockfile; the reason where that fails. */
async function install(): Promise<string | undefined> {
  const child = spawn("pnpm", ["install", "--frozen-lockfile"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += String(chunk);
    });
  const [code] = await Promise.race([
    once(child, "close"),
    once(child, "error").then(([error]) => [String(error)]),
  ]);
  return code === 0 ? undefined : (said.trim().split("\n").at(-1) ?? `pnpm ended with ${String(code)}`);
}

// There are many, and they differ by far more than a tenth.
const peerEffort: Effort = {
  rounds: 5,
  sampleMs: 500,
  warmUp: { enough: 30_000, milliseconds: 5_000 },
  coldStarts: 5,
};

/** What people would use instead, beside bare node:http. */
export async function comparePeers(quick: boolean): Promise<readonly Row[]> {
  const failure = await install();
  const found: Contender[] = [];
  const missing: Row[] = [];
  for (const peer of peers) {
    const version = versionOf(peer.from);
    if (version === undefined)
      missing.push({ name: peer.name, skipped: failure ?? `${peer.from} was not installed` });
    else found.push({ ...peer, name: `${peer.name} ${version}` });
  }
  return [...(await compare(found, quick ? quickEffort : peerEffort)), ...missing];
}
