import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { GroupView } from "../../src/schemas/group.ts";
import type { MemberView } from "../../src/schemas/member.ts";
import { placeKinds } from "../store/stores.ts";
import { createCaller, type Question, type Told } from "./caller.ts";
import { createCounter, isExplained, type Step, type Value } from "./history.ts";
import { between, createRandom, pick, SEED, type Random } from "./random.ts";
import { startRun, USERS } from "./run.ts";
import { operationsIn, settleAll } from "./settle.ts";
import { throughFaults } from "./through-faults.ts";
import { directoryFacts, mockFacts } from "./truth.ts";

const GROUPS = process.env["MESIBO_LONG"] === "1" ? 400 : 8;
const AT_ONCE = 8;
const WRITERS = 3;
const EDITS = 6;

/** What a deleted group's registers hold. */
const GONE = "gone";

/** A question, what it means for the registers of its group, and what its answer says of them. */
interface Move {
  readonly question: Question;
  /** What it writes, by register; nothing where it only reads. */
  readonly writes?: Readonly<Record<string, Value>>;
  /** What its answer has read, by register. */
  readonly reads?: (body: unknown) => Readonly<Record<string, Value>>;
}

const registers = ["name", ...USERS];
const shown = (permissions: unknown): Value => JSON.stringify(permissions);

/** Makes something up that somebody may ask of a group. */
function createMoves(random: Random): (gid: number) => Move {
  let count = 0;
  const flip = (): boolean => random() < 0.5;

  return (gid) => {
    count += 1;
    const path = `/v1/groups/${gid}`;
    const key = randomUUID();
    const address = pick(random, USERS);
    const member = `${path}/members/${address}`;
    const die = between(random, 1, 20);
    if (die <= 7) {
      // The extension tells one change from another in the log of the proxy.
      const body = {
        expiry_extension_seconds: count,
        ...(flip() ? { name: `name ${count}` } : {}),
        ...(flip() ? { active: flip() } : {}),
        ...(flip() ? { flags: { store: flip(), loopback: flip() } } : {}),
        ...(flip() ? { expires_in_seconds: between(random, 1000, 100_000) } : {}),
      };
      const question = { method: "PATCH", path, key, body } as const;
      return { question, writes: body.name === undefined ? {} : { name: body.name } };
    }
    if (die <= 12) {
      const permissions = { send: flip(), receive: flip(), publish: flip(), subscribe: flip(), list: flip() };
      const question = { method: "PUT", path: member, key, body: { permissions } } as const;
      return { question, writes: { [address]: shown(permissions) } };
    }
    if (die <= 14)
      return { question: { method: "DELETE", path: member, key }, writes: { [address]: undefined } };
    if (die === 15) {
      const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
      return {
        question: { method: "PUT", path: `${path}/members/nobody`, key, body: { permissions } },
        writes: {},
      };
    }
    if (die === 16 && random() < 0.3) {
      const gone = Object.fromEntries(registers.map((register) => [register, GONE]));
      return { question: { method: "DELETE", path, key }, writes: gone };
    }
    if (die <= 18) {
      return { question: { method: "GET", path }, reads: (body) => ({ name: (body as GroupView).name }) };
    }
    const reads = (body: unknown): Record<string, Value> => ({
      [address]: shown((body as MemberView).permissions),
    });
    return { question: { method: "GET", path: member }, reads };
  };
}

/** What an answer has read of the registers that the question is about. */
function readIn({ question, reads }: Move, told: Told): Readonly<Record<string, Value>> {
  if (reads === undefined || told.kind === "unknown") return {};
  if (told.kind === "done") return reads(told.body);
  const register = question.path.split("/members/")[1] ?? "name";
  if (told.problem.type === "/problems/member-not-known") return { [register]: undefined };
  if (told.problem.type === "/problems/group-not-known") return { [register]: GONE };
  throw new Error(`${question.path} was refused: ${JSON.stringify(told.problem)}`);
}

const kinds = (await placeKinds()).filter(({ name }) => name !== "PGlite");

describe.each(kinds)("$name", (kind) => {
  test(
    `${GROUPS * WRITERS * EDITS} edits, deletes and reads by several at once through a network that fails: no acknowledged one is lost or out of order (MESIBO_SEED=${SEED})`,
    { timeout: 600_000 },
    async () => {
      const run = await startRun(kind);
      onTestFinished(run.close);
      const random = createRandom(SEED);
      const ask = createCaller(run.urls, random);
      const moveOf = createMoves(random);
      const tick = createCounter();
      const histories = new Map<string, Step[]>();
      const note = (
        gid: number,
        values: Readonly<Record<string, Value>>,
        step: Omit<Step, "value">,
      ): void => {
        for (const [register, value] of Object.entries(values)) {
          const name = `${gid}/${register}`;
          histories.set(name, [...(histories.get(name) ?? []), { ...step, value }]);
        }
      };

      async function write(gid: number): Promise<void> {
        for (let edit = 0; edit < EDITS; edit += 1) {
          const move = moveOf(gid);
          const begin = tick();
          const told = await ask(move.question);
          const end = told.kind === "unknown" ? Number.POSITIVE_INFINITY : tick();
          if (told.kind !== "refused") note(gid, move.writes ?? {}, { begin, end, act: "write" });
          note(gid, readIn(move, told), { begin, end, act: "read" });
        }
      }

      // Without faults: a create through them is what the other run is for.
      const gids: number[] = [];
      for (let index = 0; index < GROUPS; index += 1) {
        const body = { name: `start ${index}` };
        const made = await ask({ method: "POST", path: "/v1/groups", key: randomUUID(), body });
        if (made.kind !== "done") throw new Error(`no group: ${JSON.stringify(made)}`);
        const { gid, name } = made.body as GroupView;
        note(gid, { name }, { begin: tick(), end: tick(), act: "write" });
        gids.push(gid);
      }

      await throughFaults(run, {
        random,
        gids,
        atOnce: AT_ONCE,
        workers: WRITERS,
        work: write,
        faulty: 0.05,
      });

      expect(await operationsIn(ask, "sending")).toEqual([]);
      expect(await settleAll(run, { ask, random })).toBeGreaterThan(0);
      const truth = mockFacts(run);
      expect(await directoryFacts(run)).toEqual(truth);
      // What is there in the end is what everybody reads from now on.
      const left = new Map(truth.map((fact) => [String(fact.gid), fact]));
      for (const [name, steps] of histories) {
        const [gid = "", register = ""] = name.split("/");
        const group = left.get(gid);
        const bits = group?.members[register];
        const bit = (at: number): boolean => (((bits ?? 0) >> at) & 1) === 1;
        const permissions = {
          send: bit(0),
          receive: bit(1),
          publish: bit(2),
          subscribe: bit(3),
          list: bit(4),
        };
        const member = bits === undefined ? undefined : shown(permissions);
        const value = group === undefined ? GONE : register === "name" ? group.name : member;
        const whole: Step[] = [...steps, { begin: tick(), end: tick(), act: "read", value }];
        if (!isExplained(whole, undefined)) expect({ name, whole }).toBe("explained by one order");
      }
    },
  );
});
