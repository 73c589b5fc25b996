import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Permissions } from "@mesibo-groups/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { readPermissionBits, type MemberEdit } from "../../src/member-edits/edit.ts";
import type { GroupView } from "../../src/schemas/group.ts";
import type { MemberView } from "../../src/schemas/member.ts";
import type { OperationView } from "../../src/schemas/operation.ts";
import { placeKinds } from "../store/stores.ts";
import { createCaller, type Caller, type Question } from "./caller.ts";
import { createCounter, isExplained, type Step, type Value } from "./history.ts";
import { createRandom, pick, SEED, type Random } from "./random.ts";
import { startRun } from "./run.ts";
import { operationsIn, settleAll } from "./settle.ts";
import { throughFaults } from "./through-faults.ts";
import { directoryFacts, mockFacts } from "./truth.ts";

const GROUPS = process.env["MESIBO_LONG"] === "1" ? 60 : 4;
const AT_ONCE = 6;
const WRITERS = 3;
const LISTS = 4;

const USERS = Array.from({ length: 12 }, (_, index) => `user${index}`);
const STRANGER = "nobody";

/** What a list may give. Each goes out in a call of its own, so that lists end in the middle. */
const kinds: readonly Permissions[] = [
  { send: true, receive: true, publish: true, subscribe: true, list: true },
  { send: false, receive: true, publish: false, subscribe: true, list: false },
  { send: true, receive: false, publish: true, subscribe: false, list: true },
];

const shown = (permissions: Permissions | undefined): Value => {
  if (permissions === undefined) return undefined;
  const { send, receive, publish, subscribe, list } = permissions;
  return JSON.stringify({ send, receive, publish, subscribe, list });
};

/** Makes up a list of members to edit, or to be the only ones, now and then with somebody whom mesibo refuses. */
function makeUp(random: Random, gid: number): { readonly question: Question; readonly edits: MemberEdit[] } {
  const isDesired = random() < 0.4;
  const edits = USERS.filter(() => random() < 0.5).map((address): MemberEdit => ({
    address,
    permissions: !isDesired && random() < 0.25 ? undefined : pick(random, kinds),
  }));
  if (edits.length === 0 || random() < 0.2)
    edits.push({ address: STRANGER, permissions: pick(random, kinds) });
  const items = edits.map(({ address, permissions }) =>
    permissions === undefined ? { address, remove: true } : { address, permissions },
  );
  const asked = { key: randomUUID(), respondAsync: random() < 0.3 };
  const path = `/v1/groups/${gid}`;
  const onUnknown = `continue_on_unknown=${String(random() < 0.5)}`;
  const question: Question = isDesired
    ? {
        ...asked,
        method: "PUT",
        path: `${path}/members?max_removals=100&${onUnknown}`,
        body: { members: items },
      }
    : { ...asked, method: "POST", path: `${path}/member-batches?${onUnknown}`, body: { items } };
  return { question, edits };
}

interface Outcome {
  readonly address: string;
  readonly status: string;
}

/** What has become of each address of a list, once that is known. */
async function outcomesOf(ask: Caller, question: Question): Promise<readonly Outcome[]> {
  const told = await ask(question);
  if (told.kind === "refused") throw new Error(`${question.path} was refused: ${JSON.stringify(told)}`);
  if (told.kind === "done" && told.status === 207) return (told.body as { items: Outcome[] }).items;
  const path = told.kind === "done" ? `/v1/operations/${(told.body as OperationView).id}` : told.operation;
  for (;;) {
    const now = await ask({ method: "GET", path });
    if (now.kind !== "done") throw new Error(`${path} cannot be read: ${JSON.stringify(now)}`);
    if ((now.body as OperationView).state !== "sending") break;
    await pause(10);
  }
  const items = await ask({ method: "GET", path: `${path}/items?limit=1000` });
  if (items.kind !== "done") throw new Error(`${path}/items cannot be read: ${JSON.stringify(items)}`);
  return (items.body as { items: Outcome[] }).items;
}

const placed = (await placeKinds()).filter(({ name }) => name !== "PGlite");

describe.each(placed)("$name", (kind) => {
  test(
    `${GROUPS * WRITERS * LISTS} lists of members by several at once through a network that fails on both sides: each address is told as what became of it (MESIBO_SEED=${SEED})`,
    { timeout: 1_800_000 },
    async () => {
      const run = await startRun(kind, { users: USERS });
      onTestFinished(run.close);
      const random = createRandom(SEED);
      const ask = createCaller(run.urls, random);
      const tick = createCounter();
      const histories = new Map<string, Step[]>();
      const note = (gid: number, address: string, step: Step): void => {
        const name = `${gid}/${address}`;
        histories.set(name, [...(histories.get(name) ?? []), step]);
      };

      async function write(gid: number): Promise<void> {
        for (let count = 0; count < LISTS; count += 1) {
          const { question, edits } = makeUp(random, gid);
          const wanted = new Map(edits.map(({ address, permissions }) => [address, permissions]));
          const begin = tick();
          const outcomes = await outcomesOf(ask, question);
          const end = tick();
          for (const { address, status } of outcomes) {
            // A desired list removes those who are not in it.
            const value = shown(wanted.get(address));
            if (status === "refused" && address !== STRANGER) throw new Error(`${address} was refused`);
            if (status === "refused" || status === "skipped") continue;
            const until = status === "unknown" ? Number.POSITIVE_INFINITY : end;
            note(gid, address, { begin, end: until, act: "write", value });
          }
          const readAt = tick();
          const read = await ask({ method: "GET", path: `/v1/groups/${gid}/members?limit=1000` });
          if (read.kind !== "done") throw new Error(`members cannot be read: ${JSON.stringify(read)}`);
          const { items } = read.body as { items: readonly MemberView[] };
          const found = new Map(items.map((member) => [member.address, member.permissions]));
          const step = { begin: readAt, end: tick(), act: "read" } as const;
          for (const address of USERS) note(gid, address, { ...step, value: shown(found.get(address)) });
        }
      }

      const gids: number[] = [];
      for (let index = 0; index < GROUPS; index += 1) {
        const body = { name: `start ${index}` };
        const made = await ask({ method: "POST", path: "/v1/groups", key: randomUUID(), body });
        if (made.kind !== "done") throw new Error(`no group: ${JSON.stringify(made)}`);
        gids.push((made.body as GroupView).gid);
      }

      await throughFaults(run, {
        random,
        gids,
        atOnce: AT_ONCE,
        workers: WRITERS,
        work: write,
        faulty: 0.03,
      });

      await expect.poll(() => operationsIn(ask, "sending"), { timeout: 60_000 }).toEqual([]);
      expect(await settleAll(run, { ask, random })).toBeGreaterThan(0);
      const truth = mockFacts(run);
      expect(await directoryFacts(run)).toEqual(truth);
      const left = new Map(truth.map((fact) => [String(fact.gid), fact.members]));
      for (const [name, steps] of histories) {
        const [gid = "", address = ""] = name.split("/");
        const bits = left.get(gid)?.[address];
        const value = bits === undefined ? undefined : shown(readPermissionBits(bits));
        const whole: Step[] = [...steps, { begin: tick(), end: tick(), act: "read", value }];
        if (!isExplained(whole, undefined)) expect({ name, whole }).toBe("explained by one order");
      }
    },
  );
});
