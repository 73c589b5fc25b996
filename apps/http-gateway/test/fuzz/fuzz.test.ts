import fc from "fast-check";
import { expect, test } from "vitest";
import { createApiKey } from "../../src/keys/manage.ts";
import { scopes } from "../../src/keys/scopes.ts";
import { SEED } from "../faults/random.ts";
import { readDocument } from "../support/document.ts";
import { gatewayOverMock, KEY } from "../support/gateway.ts";
import { startBin } from "../support/process.ts";
import { createJudge } from "./check.ts";
import { createChecks } from "./checks.ts";
import { routesOf, type Document, type Route } from "./document.ts";
import { shots } from "./shot.ts";
import { createMet, walk, type Met, type Target } from "./walk.ts";

const LONG = process.env["MESIBO_LONG"] === "1";
const STEPS = 80;

const document = (await readDocument()) as unknown as Document;
const routes = routesOf(document);
const checks = createChecks(createJudge(document));

/** Goes many ways. Answers what was met on them. */
async function walkAll(start: () => Promise<Target>, walks: number): Promise<Met> {
  const met = createMet();
  const way = fc.array(shots(document, routes), { minLength: STEPS, maxLength: STEPS, size: "max" });
  const property = fc.asyncProperty(way, async (made) => walk(await start(), { shots: made, checks, met }));
  const { failed, errorInstance } = await fc.check(property, {
    numRuns: walks,
    seed: SEED,
    endOnFailure: true,
  });
  // The requests are in the message, one a line; fast-check would show what they were made from.
  if (failed) throw errorInstance;
  expect(met.requests).toBeGreaterThanOrEqual(walks * STEPS);
  if (LONG)
    process.stderr.write(
      `${met.requests} requests, ${met.statuses.size} statuses, ${met.problems.size} problems\n`,
    );
  return met;
}

/** A gateway in this process, with a key that is for a group that is not there. */
async function start(): Promise<Target> {
  const { request, engine, mock } = gatewayOverMock({ retries: 0 });
  const { store, now } = await engine();
  const desk = { store, now, actor: "operator", requestId: "test" };
  const groups = { gids: [1] };
  const { key } = await createApiKey(desk, {
    name: "foreign",
    env: "test",
    scopes,
    groups,
    expiresInDays: 1,
  });
  return {
    ask: request,
    keys: { full: KEY, wrong: "no-key-of-anybody", foreign: key },
    lose: (lost) => mock.world().faults.set({ rules: lost ? [{ effect: "close", when: "after" }] : [] }),
  };
}

test(
  `requests made up from the document: every answer is as documented (MESIBO_SEED=${SEED})`,
  { timeout: 1_800_000 },
  async () => {
    const { statuses } = await walkAll(start, LONG ? 650 : 25);
    // The fuzzer has reached the inside of every operation, and not only its door.
    const isReached = ({ operation: { operationId } }: Route): boolean =>
      [...statuses.keys()].some((name) => name.startsWith(`${operationId} 2`));
    const left = routes.filter((route) => !isReached(route)).map(({ method, path }) => `${method} ${path}`);
    if (LONG) expect(left).toEqual([]);
    // A short run may miss a few, by chance.
    else expect(left.length).toBeLessThan(routes.length / 3);
  },
);

test(
  `the same, of the built gateway over sockets (MESIBO_SEED=${SEED})`,
  { timeout: 1_800_000 },
  async () => {
    const env = { GATEWAY_API_KEY: KEY, GATEWAY_LOG: "off", NO_COLOR: "1" };
    const { child, firstLine, ended } = startBin(["--port", "0", "--json"], env);
    const { url } = JSON.parse(await firstLine) as { url: string };
    const ask = (path: string, init: RequestInit) => fetch(`${url}${path}`, init);
    const made = await ask("/v1/api-keys", {
      method: "POST",
      headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ name: "foreign", scopes, groups: { gids: [1] } }),
    });
    const { key } = (await made.json()) as { key: string };
    const keys = { full: KEY, wrong: "no-key-of-anybody", foreign: key };
    await walkAll(async () => ({ ask, keys }), LONG ? 60 : 5);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0 });
  },
);
