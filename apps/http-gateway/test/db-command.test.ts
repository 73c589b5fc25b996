import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
if (!existsSync(bin)) throw new Error("dist/cli.js is missing: run the build first (pnpm build).");

const folder = mkdtempSync(join(tmpdir(), "gateway-db-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
const url = (name: string): string => `file:${join(folder, name)}`;

/** Runs `mesibo-gateway …` on a database. */
function run(database: string, ...args: readonly string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: { DATABASE_URL: database } }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

test("a store is checked, backed up and copied, and the copies hold its key", async () => {
  await run(url("one.db"), "keys", "bootstrap");
  const { code, out } = await run(url("one.db"), "db", "check");
  expect([code, out.split("\n").slice(1, 4)]).toEqual([
    0,
    ["ok   integrity: sound", "ok   migrations: all are there", "ok   audit: 1 rows, unbroken"],
  ]);

  expect((await run(url("one.db"), "db", "backup", join(folder, "backup.db"))).code).toBe(0);
  const copied = await run(url("unused.db"), "db", "copy", "--from", url("one.db"), "--to", url("two.db"));
  expect([copied.code, copied.out]).toEqual([
    0,
    expect.stringMatching(/^api_keys\t1 rows\tsha256 [0-9a-f]{64}$/m),
  ]);
  for (const name of ["backup.db", "two.db"]) {
    const { out } = await run(url(name), "db", "check", "--json");
    expect(JSON.parse(out)).toMatchObject({ v: 1, ok: true, counts: { api_keys: 1, audit: 1, meta: 0 } });
  }
  const again = await run(url("unused.db"), "db", "copy", "--from", url("one.db"), "--to", url("two.db"));
  expect([again.code, again.err]).toEqual([
    1,
    `mesibo-gateway: ${join(folder, "two.db")} is not empty: copy into a new database.\n`,
  ]);
});

test.each([
  [["db", "check"], 1, /^mesibo-gateway: There is no file .*none\.db: correct the path that names it\.\n$/],
  [
    ["db", "backup", "x"],
    1,
    /^mesibo-gateway: There is no file .*none\.db: correct the path that names it\.\n$/,
  ],
  [["db", "backup"], 2, /^mesibo-gateway: Give one file to write the backup to\.\n$/],
  [["db", "copy", "--from", "nowhere"], 2, /^mesibo-gateway: --from must be file: with a path, or postgres:/],
])("%j on nothing says so, and makes no file", async (args, code, words) => {
  const ended = await run(url("none.db"), ...args);
  expect([ended.code, ended.out]).toEqual([code, ""]);
  expect(ended.err).toMatch(words);
  expect(existsSync(join(folder, "none.db"))).toBe(false);
});

test("a store in PostgreSQL is backed up by PostgreSQL's own, and the password is not told", async () => {
  const { code, err } = await run("postgres://u:canary-password@127.0.0.1:1/db", "db", "backup", "x");
  expect(code).toBe(1);
  expect(err).toContain('pg_dump --format=custom --file=gateway.dump "$DATABASE_URL"');
  expect(err).not.toContain("canary-password");
});
