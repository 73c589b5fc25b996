import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/open.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "gateway-file-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("a file is for one gateway at a time: the second is refused, until the first has ended", async () => {
  const url = `file:${join(folder(), "gateway.db")}`;
  const first = await openStore(url);
  await expect(openStore(url)).rejects.toMatchObject({
    name: "StoreError",
    kind: "locked",
    message: expect.stringMatching(
      /^Another gateway has .*gateway\.db open: end it first, or share a PostgreSQL/,
    ),
  });
  await first.close();
  await (await openStore(url)).close();
});

test("nobody else on the machine can read the file, nor the folder that is made for it", async () => {
  const path = join(folder(), "new", "gateway.db");
  const store = await openStore(`file:${path}`);
  await store.write(({ db }) => db.insertInto("meta").values({ name: "a", value: "b" }).execute());
  const modes = Object.fromEntries(
    readdirSync(join(path, "..")).map((name) => [name, statSync(join(path, "..", name)).mode & 0o777]),
  );
  expect(modes).toEqual({
    "gateway.db": 0o600,
    "gateway.db-lock": 0o600,
    "gateway.db-lock-journal": 0o600,
    "gateway.db-shm": 0o600,
    "gateway.db-wal": 0o600,
  });
  expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  await store.close();
});

test("what was acknowledged outlives a loss of power, and what may be rolled back makes no file", async () => {
  const store = await openStore(`file:${join(folder(), "gateway.db")}`);
  const settings = await store.write(async ({ db }) => {
    const read = async (name: string) => (await sql`pragma ${sql.raw(name)}`.execute(db)).rows;
    return [await read("journal_mode"), await read("synchronous"), await read("temp_store")].flat();
  });
  // 2 is FULL, and MEMORY.
  expect(settings).toEqual([{ journal_mode: "wal" }, { synchronous: 2 }, { temp_store: 2 }]);
  await store.close();
});

test("a file that is no database is refused and left as it is", async () => {
  const path = join(folder(), "notes.txt");
  writeFileSync(path, "dear diary, today I wrote no database at all");
  await expect(openStore(`file:${path}`)).rejects.toMatchObject({ name: "StoreError", kind: "unavailable" });
  expect(statSync(path).size).toBe(44);
});

test("a PostgreSQL that does not answer is told without its password", async () => {
  const opening = openStore("postgres://gateway:hunter2@127.0.0.1:1/none");
  await expect(opening).rejects.toMatchObject({ name: "StoreError", kind: "unavailable" });
  await expect(opening).rejects.not.toThrow(/hunter2/);
  await expect(opening).rejects.toThrow("postgres://127.0.0.1:1/none");
});

test.runIf(process.platform === "linux")(
  "where no folder can be made that is told, and does not take for ever",
  async () => {
    await expect(openStore("file:/proc/gateway/gateway.db")).rejects.toMatchObject({
      name: "StoreError",
      kind: "unavailable",
      message: expect.stringMatching(/^The store at \/proc\/gateway\/gateway\.db failed: ENOENT: /) as string,
    });
  },
);
