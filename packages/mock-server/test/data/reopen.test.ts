import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { createClient } from "@mesibo-groups/core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { systemTime } from "../../src/clock.ts";
import { openData } from "../../src/data/open.ts";
import { createWorld } from "../../src/engine/world.ts";
import { demoSeed, startMock } from "../../src/index.ts";
import type { Recorder } from "../../src/recorder.ts";
import { NOW, run } from "../support/worlds.ts";
import { byRows } from "./folding.ts";
import { openHistory } from "./history.ts";

const folder = mkdtempSync(join(tmpdir(), "mesibo-data-"));
let files = 0;
const newFile = (): string => join(folder, `${(files += 1)}.db`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a mock that is started again with its file", () => {
  test("has the worlds, users, groups, members, times and deliveries that it had", async () => {
    const data = newFile();
    const first = await startMock({ data, seed: demoSeed });
    const client = createClient({ token: "one", url: first.url });
    const { gid } = await client.groups.create({ name: "New", expiry: 1_000 });
    await client.users.create({ address: "new", appid: "x" });
    await client.send({ from: "alice@example.com", to: ["new"], text: "hi" });
    await client.groups.delete(102529);
    first.world("one").setOnline("new", true);
    first.world("one").clock.advance(500);
    first.world("one").fork("two");
    first.world("three").reset();
    await createClient({ token: "three", url: first.url }).groups.edit({ gid: 102530, name: "Renamed" });
    const [one, two, three] = ["one", "two", "three"].map((token) => first.world(token).snapshot());
    await first.close();

    const second = await startMock({ data });
    expect(second.world("one").snapshot()).toEqual(one);
    expect(second.world("two").snapshot()).toEqual(two);
    expect(second.world("three").snapshot()).toEqual(three);
    expect(
      second
        .world("one")
        .groups()
        .map(({ gid: each }) => each),
    ).toContain(gid);
    await second.close();
  });

  test("has no world that was removed, and the seed only in worlds that are new", async () => {
    const data = newFile();
    const first = await startMock({ data });
    first.world("kept");
    first.world("gone");
    await fetch(new URL("/_mock/worlds/gone", first.url), { method: "DELETE" });
    await first.close();
    const second = await startMock({ data, seed: demoSeed });
    const { worlds } = (await (await fetch(new URL("/_mock/worlds", second.url))).json()) as {
      worlds: unknown[];
    };
    expect(worlds).toHaveLength(1);
    expect(second.world("kept").groups()).toEqual([]);
    expect(second.world("gone").groups()).toHaveLength(4);
    await second.close();
  });

  test("does not bring back a group that had ended before the clock was set back", async () => {
    const data = newFile();
    const first = await startMock({ data });
    const client = createClient({ token: "t", url: first.url });
    await client.groups.create({ name: "Short", expiry: 60 });
    first.world("t").clock.advance(61);
    first.world("t").clock.advance(-61);
    expect(first.world("t").groups()).toEqual([]);
    await first.close();
    const second = await startMock({ data });
    expect(second.world("t").groups()).toEqual([]);
    await second.close();
  });
});

test("whatever was done and however often it was closed, a file tells the same worlds, and they go on the same", () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(400), { minLength: 1, maxLength: 4 }), (seed, sittings) => {
      const file = newFile();
      const model = openHistory(seed);
      let step = 0;
      for (const length of sittings) {
        const history = openHistory(seed, file);
        for (const end = step + length; step < end; step += 1) {
          history.play(step);
          model.play(step);
        }
        history.worlds.close();
        const again = openHistory(seed, file);
        expect(again.state()).toBe(model.state());
        again.worlds.close();
      }
    }),
    { numRuns: 40 },
  );
});

describe("a file", () => {
  test("keeps worlds apart whose tokens no UTF-8 text can tell apart", async () => {
    const data = newFile();
    const first = await startMock({ data });
    const tokens = ["\uD800", "\uD801", "\uFFFD", "a\0b", "a\0c"];
    for (const token of tokens) first.world(token).clock.set(tokens.indexOf(token));
    await first.close();
    const { worlds, recorder } = openData(data, { present: () => worlds });
    recorder.close();
    expect([...worlds.keys()].toSorted()).toEqual(tokens.toSorted());
  });

  test("takes no time that JSON cannot tell, and the caller hears it before anything has happened", async () => {
    const data = newFile();
    const first = await startMock({ data });
    const { clock } = first.world("t");
    clock.freeze();
    clock.set(1_800_000_000);
    for (const time of [Number.NaN, Infinity, -1, 253_402_300_800])
      expect(() => {
        clock.set(time);
      }).toThrow(new TypeError(`clock: ${time} is no time; give Unix seconds from 0 to 253402300799.`));
    expect(() => {
      clock.advance(-1e300);
    }).toThrow(TypeError);
    expect(clock.now()).toBe(1_800_000_000);
    await first.close();
    const second = await startMock({ data });
    expect(second.world("t").groups()).toEqual([]);
    await second.close();
  });

  test("is open after a snapshot that had counted as far as one may, and more was counted", async () => {
    const data = newFile();
    const first = await startMock({ data });
    const empty = first.world("t").snapshot();
    first
      .world("t")
      .restore({ ...empty, next: { uid: 2 ** 31, gid: 2 ** 31, mid: 2 ** 31, token: 2 ** 31 } });
    const client = createClient({ token: "t", url: first.url });
    await client.users.create({ address: "a", appid: "x" });
    const { gid } = await client.groups.create({ name: "Far" });
    await first.close();
    for (let time = 0; time < 2; time += 1) {
      const again = await startMock({ data });
      again.world("t").fork(`copy ${time}`);
      expect(again.world("t").groups()).toMatchObject([{ gid, name: "Far" }]);
      await again.close();
    }
  });

  test(
    "is open after a long message to thousands, and other rows enough to fold it",
    { timeout: 60_000 },
    async () => {
      const data = newFile();
      const addresses = Array.from({ length: 5_000 }, (_, index) => `u${index}`);
      const seed = { users: addresses, groups: [] };
      const first = await startMock({ data, seed });
      const client = createClient({ token: "t", url: first.url });
      await client.send({ from: "u0", to: addresses, text: "x".repeat(120_000) });
      for (let time = 0; time < 1_001; time += 1) first.world("t").setOnline("u1", time % 2 === 0);
      const before = first.world("t").deliveries();
      expect(before.length).toBeGreaterThan(200);
      expect(before.at(-1)?.to).toBe("u4999");
      await first.close();
      const second = await startMock({ data });
      expect(second.world("t").deliveries()).toEqual(before);
      await second.close();
    },
  );

  test("goes on after a fold that failed: what was written is kept and acknowledged", async () => {
    const data = newFile();
    const present = (): never => {
      throw new Error("no room for a fold");
    };
    const { recorder } = openData(data, { present, folding: byRows(1, 1) });
    recorder.replaced("t", createWorld(), systemTime);
    for (let time = 0; time < 5; time += 1) {
      recorder.presence("t", {});
      expect(await new Promise(recorder.settle)).toBeUndefined();
    }
    recorder.close();
    const again = openData(data, { present: () => again.worlds });
    again.recorder.close();
    expect([...again.worlds.keys()]).toEqual(["t"]);
  });

  test.each([":memory:", "file:there.db?mode=memory"])("may be called %s, and is a file", (name) => {
    const cwd = mkdtempSync(join(folder, "names-"));
    const script = `
      const { startMock } = await import(${JSON.stringify(fileURLToPath(new URL("../../src/index.ts", import.meta.url)))});
      const mock = await startMock({ data: ${JSON.stringify(name)} });
      mock.world("t");
      await mock.close();`;
    const flags = ["--conditions=@mesibo-groups/source", "--disable-warning=ExperimentalWarning"];
    execFileSync(process.execPath, [...flags, "--input-type=module", "-e", script], { cwd });
    const { worlds, recorder } = openData(join(cwd, name), { present: () => [] });
    recorder.close();
    expect([...worlds.keys()]).toEqual(["t"]);
  });

  test("tells again who is online, without the rest of the world", async () => {
    const data = newFile();
    const first = await startMock({ data, seed: demoSeed });
    for (let time = 0; time < 100; time += 1) first.world("t").setOnline("alice@example.com", time % 2 === 0);
    first.world("t").setOnline("bob@example.com", true);
    const before = first.world("t").snapshot();
    await first.close();
    expect(statSync(data).size).toBeLessThan(100_000);
    const second = await startMock({ data });
    expect(second.world("t").snapshot()).toEqual(before);
    expect(before.users.filter(({ online }) => online)).toMatchObject([{ address: "bob@example.com" }]);
    await second.close();
  });

  test("is free for another after its mock found its port taken", async () => {
    const data = newFile();
    const taken = await startMock();
    await expect(startMock({ data, port: Number(new URL(taken.url).port) })).rejects.toThrow("EADDRINUSE");
    await (await startMock({ data })).close();
    await taken.close();
  });

  test("gives the room of what it has folded back to the disk", async () => {
    const data = newFile();
    const first = await startMock({ data, seed: demoSeed });
    for (let time = 0; time < 3_000; time += 1) first.world("t").reset();
    await first.close();
    expect(statSync(data).size).toBeLessThan(100_000);
  });

  test("is whole after its making was cut off, before and after the rollback of SQLite's own", () => {
    const made = newFile();
    openData(made, { present: () => [] }).recorder.close();
    const cut = newFile();
    // A journal that is to be rolled back comes to be where a transaction is too large for its cache; here it
    // stands for the short one that turns a new file to WAL.
    const database = new DatabaseSync(made);
    database.exec("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN");
    database.exec("INSERT INTO log (token, kind, at, data) VALUES ('t', 'remove', 0, hex(zeroblob(100000)))");
    for (const part of ["", "-journal"]) copyFileSync(`${made}${part}`, `${cut}${part}`);
    database.exec("ROLLBACK");
    database.close();
    const { worlds, recorder } = openData(cut, { present: () => [] });
    recorder.close();
    expect([...worlds.keys()]).toEqual([]);
    expect(existsSync(`${cut}-journal`)).toBe(false);
  });
});

describe("a recorder", () => {
  const settled = ({ settle }: Recorder): Promise<Error | undefined> => new Promise(settle);
  const made = { now: NOW, op: "groupadd", params: { name: "A" } } as const;

  test("tells who waits only after the commit, and at once when nothing is under way", async () => {
    const { recorder } = openData(newFile(), { present: () => [] });
    const order: string[] = [];
    recorder.settle(() => order.push("nothing under way"));
    recorder.replaced("t", createWorld(), systemTime);
    const kept = settled(recorder).then(() => order.push("kept"));
    order.push("rest of the turn");
    await kept;
    expect(order).toEqual(["nothing under way", "rest of the turn", "kept"]);
    recorder.close();
  });

  test("acknowledges nothing any more after a commit has failed, and what was kept before is there", async () => {
    const data = newFile();
    const { recorder } = openData(data, { present: () => [] });
    recorder.replaced("t", createWorld(), systemTime);
    recorder.applied("t", made);
    expect(await settled(recorder)).toBeUndefined();
    // In the same turn: a good row is lost with a bad one.
    recorder.applied("t", made);
    recorder.applied("t", { ...made, now: Number.NaN });
    const failure = await settled(recorder);
    expect(failure).toBeInstanceOf(Error);
    recorder.applied("t", made);
    expect(await settled(recorder)).toBe(failure);
    recorder.close();
    const again = openData(data, { present: () => [] });
    expect(again.worlds.get("t")?.world.groups.size).toBe(1);
    again.recorder.close();
  });

  test("folds a long log into one row for each world, running and at rest", async () => {
    const data = newFile();
    const worlds = new Map([["t", { world: createWorld(), clock: systemTime }]]);
    const rows = (): unknown => {
      const database = new DatabaseSync(data, { readOnly: true });
      const found = database.prepare("SELECT kind, count(*) AS rows FROM log GROUP BY kind").all();
      database.close();
      return found.map(({ kind, rows: count }) => [kind, count]);
    };
    const play = async (recorder: Recorder, count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        for (const { world } of worlds.values()) run(world, "groupadd", { name: "A" });
        recorder.applied("t", made);
      }
      expect(await settled(recorder)).toBeUndefined();
    };
    const open = (running: number, atRest: number) =>
      openData(data, { present: () => worlds, folding: byRows(atRest, running) }).recorder;

    const first = open(10, 1_000);
    first.replaced("t", createWorld(), systemTime);
    await play(first, 10);
    await play(first, 3);
    first.close();
    expect(rows()).toEqual([
      ["op", 3],
      ["world", 1],
    ]);
    const second = open(1_000, 5);
    await play(second, 2);
    second.close();
    expect(rows()).toEqual([["world", 1]]);
    const third = openData(data, { present: () => [] });
    expect(third.worlds.get("t")?.world.groups.size).toBe(15);
    third.recorder.close();
  });

  test("may be closed twice", () => {
    const { recorder } = openData(newFile(), { present: () => [] });
    recorder.close();
    expect(() => {
      recorder.close();
    }).not.toThrow();
  });
});

test("the file is readable by its owner alone, since it names app tokens", async () => {
  const data = newFile();
  const mock = await startMock({ data });
  await mock.close();
  expect(statSync(data).mode & 0o777).toBe(0o600);
});
