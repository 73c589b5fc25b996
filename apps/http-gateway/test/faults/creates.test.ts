import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { placeKinds } from "../store/stores.ts";
import { createCaller, type Told } from "./caller.ts";
import { allFaults, throwDice } from "./course.ts";
import { createRandom, SEED } from "./random.ts";
import { startRun, type Run } from "./run.ts";
import { operationsIn, settleAll } from "./settle.ts";
import { directoryFacts, mockFacts } from "./truth.ts";

const CREATES = process.env["MESIBO_LONG"] === "1" ? 10_000 : 120;
const AT_ONCE = 16;

/** Does a task for each number below a count, some at a time. */
async function forEach(count: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await task(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** How often the gateways sent a create with each name, in whole or in part. */
function sentOf({ back }: Run): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  for (const { text } of back.passed) {
    const name = /"name":"([^"]+)"/.exec(text)?.[1];
    if (name !== undefined) sent.set(name, (sent.get(name) ?? 0) + 1);
  }
  return sent;
}

const kinds = (await placeKinds()).filter(({ name }) => name !== "PGlite");

describe.each(kinds)("$name", (kind) => {
  test(
    `${CREATES} creates through a network that fails on both sides: none twice, none lost, none told wrong (MESIBO_SEED=${SEED})`,
    { timeout: 600_000 },
    async () => {
      const run = await startRun(kind);
      onTestFinished(run.close);
      const random = createRandom(SEED);
      const ask = createCaller(run.urls, random);
      for (const front of run.fronts) front.decide(() => throwDice(random, allFaults(0.02)));
      // A create that a network delivers twice makes two groups whatever a gateway does.
      const shares = { ...allFaults(0.02), "delivered twice": 0 };
      run.back.decide(() => throwDice(random, shares));

      const keys = Array.from({ length: CREATES }, (_, index) => ({
        key: randomUUID(),
        name: `group ${index}`,
      }));
      const create = (index: number): Promise<Told> => {
        const { key = "", name = "" } = keys[index] ?? {};
        return ask({ method: "POST", path: "/v1/groups", key, body: { name } });
      };
      const told = new Map<number, Told>();
      await forEach(CREATES, async (index) => {
        told.set(index, await create(index));
        if (index === Math.floor(CREATES / 2)) {
          run.back.refuse();
          await run.back.accept();
        }
      });
      for (const proxy of [...run.fronts, run.back]) proxy.decide(() => ({}));

      const groups = new Map(
        run.mock
          .world()
          .groups()
          .map((group) => [group.name, group]),
      );
      expect(groups.size).toBe(run.mock.world().groups().length);
      expect([...sentOf(run).values()].filter((times) => times > 1)).toEqual([]);
      for (const [index, { kind, ...answer }] of told) {
        const made = groups.get(`group ${index}`);
        if (kind === "done") expect(answer).toMatchObject({ status: 201, body: { gid: made?.gid } });
        else expect({ kind, index }).toEqual({ kind: "unknown", index });
      }

      const unknown = await settleAll(run, { ask, random });
      expect(unknown).toBe([...told.values()].filter(({ kind }) => kind === "unknown").length);
      expect(unknown).toBeGreaterThan(0);
      expect(await directoryFacts(run)).toEqual(mockFacts(run));
      expect(await operationsIn(ask, "sending")).toEqual([]);
      await forEach(CREATES, async (index) => {
        const made = groups.get(`group ${index}`);
        const again = await create(index);
        if (made === undefined) expect(again).toMatchObject({ kind: "refused", status: 422 });
        else expect(again).toMatchObject({ kind: "done", status: 201, body: { gid: made.gid } });
      });
      expect(run.mock.world().groups()).toHaveLength(groups.size);
    },
  );
});
