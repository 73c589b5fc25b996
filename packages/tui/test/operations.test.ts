import { createClient } from "@mesibo-groups/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createOperations } from "../src/gateway/operations.ts";
import type { UnknownOperation } from "../src/operation.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { API_KEY, startGateway, type RunningGateway } from "./support/gateway.ts";

let gateway: RunningGateway;
let app: TestApp | undefined;

beforeAll(async () => {
  gateway = await startGateway();
}, 120_000);

afterAll(() => gateway.close());

afterEach(async () => {
  gateway.fail();
  await app?.close();
  app = undefined;
});

const place = () => ({ url: gateway.url, key: API_KEY });
const client = () => createClient({ gateway: place() });
const unknown = (): Promise<readonly UnknownOperation[]> => createOperations(place()).list();
const named = async (name: string) =>
  (await client().groups.list()).groups.filter((group) => group.name === name);

/** Somebody else makes a group through the gateway, and the answer of mesibo is lost. */
async function lost(name: string, when: "before" | "after"): Promise<UnknownOperation> {
  gateway.fail({ op: "groupadd", effect: "close", when });
  await expect(client().groups.create({ name })).rejects.toMatchObject({ outcome: "unknown" });
  gateway.fail();
  const operation = (await unknown()).find((each) => each.name === name);
  if (operation === undefined) throw new Error("the gateway keeps no operation");
  return operation;
}

/** The application on the gateway, with its jobs in front. */
async function openJobs(connection: { readonly readOnly?: string; readonly danger?: boolean } = {}) {
  app = await openApp({
    connection: { name: "gate", kind: "gateway", canCreateUsers: false, ...connection },
    gateway: place(),
  });
  await app.press("3");
  return app;
}

describe("a group that the gateway may have made", () => {
  test("is listed among the jobs, with what is known of it, and without the key", async () => {
    const { id } = await lost("Perhaps", "after");
    const { screen, press } = await openJobs();
    expect(screen.text()).toContain("0 jobs; 1 unknown operation of the gateway");
    expect(screen.text()).toContain('unknown, sent earlier    Create the group "Perhaps"');
    await press("enter");
    expect(screen.text()).toContain("It may have happened.");
    expect(screen.text()).toContain(id);
    expect(screen.raw()).not.toContain(API_KEY);
  });

  test("is settled as made by its gid, and only by a gid", async () => {
    const [operation] = await unknown();
    const { screen, press, type } = await openJobs();
    await press("h");
    await type("none");
    await press("enter");
    expect(screen.text()).toContain("Type a gid");
    expect(await unknown()).toEqual([operation]);
    await press(...Array.from("none", () => "backspace"));
    await type("102533");
    await press("enter");
    expect(screen.text()).toContain("It is settled: it happened.");
    expect(screen.text()).toContain("0 unknown operations of the gateway");
    expect(await unknown()).toEqual([]);
    expect(await named("Perhaps")).toMatchObject([{ gid: 102533 }]);
  });

  test("is settled as not made after y alone", async () => {
    await lost("Never", "before");
    const { press } = await openJobs();
    await press("x", "enter");
    expect(await unknown()).toHaveLength(1);
    await press("x", "y");
    expect(await unknown()).toEqual([]);
    expect(await named("Never")).toEqual([]);
  });

  test("is made again after the end of its operation's id was typed", async () => {
    const { id } = await lost("Twice", "before");
    const { screen, press, type } = await openJobs();
    await press("t", "y");
    expect(screen.text()).toContain("there will be two groups of that name");
    expect(await named("Twice")).toEqual([]);
    await type(id.slice(-4).toLowerCase());
    await press("y");
    expect(screen.text()).toContain("It was sent again, and is done.");
    expect(await unknown()).toEqual([]);
    expect(await named("Twice")).toHaveLength(1);
  });

  test("stays unknown where the second try has no answer either", async () => {
    const { id } = await lost("Again", "before");
    const { screen, press, type } = await openJobs();
    gateway.fail({ op: "groupadd", effect: "close", when: "before" });
    await press("t");
    await type(id.slice(-4).toLowerCase());
    await press("y");
    expect(app?.program.state().notice?.outcome).toBe("unknown");
    expect(screen.text()).toContain("1 unknown operation of the gateway");
    gateway.fail();
    await press("x", "y");
    expect(await unknown()).toEqual([]);
  });

  test("that somebody else settles meanwhile is refused, and listed no more", async () => {
    const { id } = await lost("Raced", "before");
    const { screen, press } = await openJobs();
    await press("x");
    await createOperations(place()).settle({ id, resolution: { outcome: "did_not_happen" } });
    await press("y");
    expect(app?.program.state().notice?.outcome).toBe("refused");
    expect(screen.text()).toContain("0 unknown operations of the gateway");
  });
});

test("a change of this session is one row, and is settled at the gateway", async () => {
  const { screen, press, type } = await openJobs();
  await press("esc", "n");
  await type("Mine");
  gateway.fail({ op: "groupadd", effect: "close", when: "before" });
  await press("ctrl+s");
  gateway.fail();
  await press("esc", "3");
  expect(screen.text()).toContain("1 job, 1 of unknown outcome");
  expect(screen.text()).not.toContain("unknown, sent earlier");
  await press("x", "y");
  expect(await unknown()).toEqual([]);
  expect(app?.program.state().jobs).toMatchObject([{ outcome: "unknown", resolution: "not_happened" }]);
});

test("a read-only profile sees operations, and settles none", async () => {
  const { id } = await lost("Seen", "before");
  const { screen, press } = await openJobs({ readOnly: "config.json" });
  for (const key of ["h", "x", "t"]) {
    await press(key);
    expect(screen.text()).toContain("is read-only (config.json says so)");
    expect(app?.program.state().dialog).toBeUndefined();
  }
  await createOperations(place()).settle({ id, resolution: { outcome: "did_not_happen" } });
});

test("a danger profile wants the end of the id typed before anything is settled", async () => {
  const { id } = await lost("Danger", "before");
  const { press, type } = await openJobs({ danger: true });
  await press("x", "y");
  expect(await unknown()).toHaveLength(1);
  await type(id.slice(-4).toLowerCase());
  await press("y");
  expect(await unknown()).toEqual([]);
});

test("a gateway that cannot be asked is told on the screen of the jobs", async () => {
  app = await openApp({
    connection: { name: "gate", kind: "gateway", canCreateUsers: false },
    gateway: { url: gateway.url, key: "another-key" },
  });
  await app.press("3");
  expect(app.screen.text()).toContain("the operations of the gateway could not be listed");
  expect(app.screen.text()).toContain("unauthenticated");
});
