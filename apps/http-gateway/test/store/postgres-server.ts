import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A PostgreSQL server to test with. */
export interface Server {
  /** A database on it that exists already. */
  readonly url: string;
  readonly from: string;
  readonly stop: () => Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const noStop = async (): Promise<void> => undefined;

/** The folder of an installed server's programs, or undefined. */
function installed(): string | undefined {
  const roots = ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"];
  const folders = roots.flatMap((root) =>
    existsSync(root) ? readdirSync(root).map((name) => join(root, name, "bin")) : [],
  );
  const onPath = (process.env["PATH"] ?? "").split(":");
  return [...folders, ...onPath].find((folder) => existsSync(join(folder, "initdb")));
}

/** Starts a server of its own in a folder of its own. A server refuses to run as root. */
async function startPrivate(bin: string): Promise<Server | undefined> {
  if (process.getuid?.() === 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "gateway-pg-"));
  const data = join(folder, "data");
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"], {
    stdio: "ignore",
  });
  const port = 20_000 + (process.pid % 20_000);
  const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder];
  const server = spawn(join(bin, "postgres"), args, { stdio: "ignore" });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100 && server.exitCode === null; attempt += 1) {
    if (await answers(url)) return { url, from: `a server of its own (${bin})`, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  return undefined;
}

/** A real server: the one that is configured, one on this machine, or one that is started here. */
export async function findServer(): Promise<Server | undefined> {
  const configured = process.env["TEST_DATABASE_URL"];
  if (configured !== undefined) {
    // Asked for by name: that it does not answer is a failure and not a reason to look elsewhere.
    if (!(await answers(configured))) throw new Error("TEST_DATABASE_URL is set, and nothing answers there.");
    return { url: configured, from: "TEST_DATABASE_URL", stop: noStop };
  }
  const user = process.env["PGUSER"] ?? "postgres";
  const local = `postgres://${user}@127.0.0.1:5432/postgres`;
  if (await answers(local)) return { url: local, from: "127.0.0.1:5432", stop: noStop };
  const bin = installed();
  return bin === undefined ? undefined : startPrivate(bin);
}

/** Makes an empty database on a server. Answers its URL and how to drop it. */
export async function makeDatabase(server: Server): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `gateway_test_${randomUUID().replaceAll("-", "")}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}
