import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createClient } from "@mesibo-groups/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openData } from "../../src/data/open.ts";
import { DataFileError, demoSeed, startMock } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "mesibo-data-"));
const good = join(folder, "good.db");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeAll(async () => {
  const mock = await startMock({ data: good, seed: demoSeed });
  const client = createClient({ token: "t", url: mock.url });
  for (let index = 0; index < 200; index += 1) await client.groups.create({ name: `Group ${index}` });
  await mock.close();
});

/** A copy of the good file, changed. */
function changed(name: string, change: (bytes: Buffer) => Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, change(readFileSync(good)));
  return file;
}

function withSql(name: string, sql: string): string {
  const file = changed(name, (bytes) => bytes);
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
}

const refusal = async (data: string): Promise<DataFileError> => {
  const failure = await startMock({ data }).then(
    async (mock) => {
      await mock.close();
      return new Error("it was taken");
    },
    (error: unknown) => error,
  );
  if (failure instanceof DataFileError) return failure;
  throw failure;
};

describe("a file is refused in one sentence, and stays as it is, when it", () => {
  test.each<[string, () => string, string, RegExp]>([
    [
      "is a text",
      () => changed("text", () => Buffer.from("a diary\n".repeat(50))),
      "foreign",
      /is no file of mesibo-mock, and stays as it is\.$/,
    ],
    ["is a short text", () => changed("short", () => Buffer.from("x")), "foreign", /is no file/],
    [
      "is another program's database",
      () => withSql("other.db", "PRAGMA journal_mode = DELETE; PRAGMA application_id = 5"),
      "foreign",
      /is no file/,
    ],
    [
      "is of a newer version",
      () => withSql("newer.db", "PRAGMA journal_mode = DELETE; PRAGMA user_version = 2"),
      "newer",
      /has version 2, and this mesibo-mock reads up to 1; use a newer one\.$/,
    ],
    [
      "is cut",
      () => changed("cut.db", (bytes) => bytes.subarray(0, bytes.length - 5_000)),
      "damaged",
      /is damaged, and stays as it is: /,
    ],
    [
      "has a page of noise",
      () => changed("noise.db", (bytes) => Buffer.from(bytes).fill(0xa5, 4_096, 12_288)),
      "damaged",
      /is damaged/,
    ],
    [
      "has noise where it lists its free pages, which no row needs",
      () => {
        const file = withSql("free.db", "DELETE FROM log WHERE seq > 1; PRAGMA journal_mode = DELETE");
        const bytes = readFileSync(file);
        const free = bytes.readUInt32BE(32);
        writeFileSync(file, bytes.fill(0xa5, (free - 1) * 4_096, free * 4_096));
        return file;
      },
      "damaged",
      /is damaged/,
    ],
    [
      "is cut within its header",
      () => changed("head.db", (bytes) => bytes.subarray(0, 99)),
      "foreign",
      /is no file/,
    ],
    ["lacks its table", () => withSql("table.db", "DROP TABLE log"), "damaged", /is damaged.*no such table/],
    [
      "has a row that is no JSON",
      () => withSql("row.db", "UPDATE log SET data = 'x' WHERE seq = 3"),
      "damaged",
      /is damaged.*row 3/,
    ],
    [
      "has a row of an unknown kind",
      () => withSql("kind.db", "UPDATE log SET kind = 'x' WHERE seq = 3"),
      "damaged",
      /is damaged.*row 3: row\.kind/,
    ],
    [
      "has a row whose damage speaks of a busy database",
      () =>
        withSql(
          "busy-word.db",
          `UPDATE log SET data = '{"op":"database is locked","params":{}}' WHERE seq = 3`,
        ),
      "damaged",
      /is damaged.*row 3: no op database is locked/,
    ],
    [
      "has a world whose counters lie behind",
      () => withSql("counter.db", `UPDATE log SET data = json_set(data, '$.next.gid', 102530) WHERE seq = 1`),
      "damaged",
      /is damaged.*row 1: next\.gid lies behind gid 102530/,
    ],
    [
      "changes a world that is not there",
      () => withSql("world.db", "DELETE FROM log WHERE seq = 1"),
      "damaged",
      /a change of a world that is not there/,
    ],
    [
      "tells of an op that mesibo would refuse",
      () => withSql("op.db", `UPDATE log SET data = '{"op":"groupdel","params":{"gid":"7"}}' WHERE seq = 3`),
      "damaged",
      /groupdel is refused with BADGROUP/,
    ],
  ])("%s", async (_, make, kind, message) => {
    const file = make();
    const before = readFileSync(file);
    const error = await refusal(file);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("is a folder, or in none", async () => {
    const inner = join(folder, "folder");
    mkdirSync(inner);
    expect(await refusal(inner)).toMatchObject({ kind: "unusable" });
    expect(await refusal(join(folder, "missing", "x.db"))).toMatchObject({ kind: "unusable" });
  });

  test("was left by a killed process and has a row that cannot be read, the write-ahead log too", async () => {
    const live = join(folder, "live.db");
    const file = join(folder, "left.db");
    const { recorder } = openData(live, { present: () => [] });
    recorder.applied("t", { now: 0, op: "groupadd", params: {} });
    await new Promise((resolve) => {
      recorder.settle(resolve);
    });
    // What a killed process leaves is what is there while it runs.
    for (const part of ["", "-wal"]) copyFileSync(`${live}${part}`, `${file}${part}`);
    recorder.close();
    const before = ["", "-wal"].map((part) => readFileSync(`${file}${part}`));
    expect(await refusal(file)).toMatchObject({ kind: "damaged" });
    expect(["", "-wal"].map((part) => readFileSync(`${file}${part}`))).toEqual(before);
  });
});

describe("who may not write is told so, and nothing is changed", () => {
  const contender = fileURLToPath(new URL("contender.ts", import.meta.url));
  // Root may write everything, so that somebody else has to try: the number of "nobody".
  const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const attempt = (file: string): string =>
    spawnSync(process.execPath, ["--conditions=@mesibo-groups/source", contender, file, "x", "1"], {
      ...somebody,
      encoding: "utf8",
    }).stderr;

  test.skipIf(process.platform === "win32")("in a file that may only be read", () => {
    chmodSync(folder, 0o755);
    const file = changed("readable.db", (bytes) => bytes);
    chmodSync(file, 0o444);
    expect(attempt(file)).toContain(
      `DataFileError: --data ${file} cannot be opened: EACCES: permission denied`,
    );
    expect(readFileSync(file).equals(readFileSync(good))).toBe(true);
  });

  test.skipIf(process.platform === "win32")("in a folder that may only be read", () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    const file = changed("closed/file.db", (bytes) => bytes);
    if (somebody.uid !== undefined) chownSync(file, somebody.uid, somebody.gid);
    chmodSync(closed, 0o555);
    const words = attempt(file);
    chmodSync(closed, 0o755);
    expect(words).toContain(`DataFileError: --data ${file} cannot be used: `);
    expect(readFileSync(file).equals(readFileSync(good))).toBe(true);
  });
});

test("an empty file is a new one", async () => {
  const mock = await startMock({ data: changed("empty.db", () => Buffer.alloc(0)) });
  expect(mock.world().groups()).toEqual([]);
  await mock.close();
});

describe("two processes on one file", () => {
  const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

  test("the second refuses in one line, and the first goes on", async () => {
    const data = changed("busy.db", (bytes) => bytes);
    const mock = await startMock({ data });
    const second = spawnSync(process.execPath, [bin, "--port", "0", "--data", data], { encoding: "utf8" });
    expect(second).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `mesibo-mock: --data ${data} is in use by another mesibo-mock; end that one first.\n`,
    });
    expect((await createClient({ token: "t", url: mock.url }).groups.create({})).gid).toBe(102733);
    await mock.close();
  });

  test("a tool may read a closed file", () => {
    const script = `const d = new (require("node:sqlite").DatabaseSync)(process.argv[1], { readOnly: true });
      console.log(d.prepare("SELECT count(*) AS rows FROM log").get().rows)`;
    expect(
      Number(execFileSync(process.execPath, ["-e", script, good], { encoding: "utf8" })),
    ).toBeGreaterThan(0);
  });
});
