import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@mesibo-groups/mock-server";
import { describe, expect, onTestFinished, test } from "vitest";
import type { GroupView } from "../../src/schemas/group.ts";
import { KEY, TOKEN } from "../support/gateway.ts";
import { startBin } from "../support/process.ts";
import { createCaller, type Question, type Told } from "./caller.ts";
import { createRandom } from "./random.ts";

const preload = new URL("kill-at.mjs", import.meta.url).href;

/** Every moment in the life of an operation, and what had become of it in mesibo by then. */
const points = [
  ["before its intent is written", "before intent", "nothing"],
  ["before its intent is durable", "before intent-commit", "nothing"],
  ["once its intent is durable", "after intent-commit", "not sent"],
  ["before its request leaves", "before call", "not sent"],
  ["once mesibo has answered", "after call", "done"],
  ["before its outcome is written", "before outcome", "done"],
  ["before its outcome is durable", "before outcome-commit", "done"],
  ["once its outcome is durable, and nobody has heard", "after outcome-commit", "told"],
] as const;

/** A mock, and a gateway on a file that can be started, and killed at a point. */
async function prepare() {
  const mock = await startMock({ tokens: [TOKEN] });
  const folder = mkdtempSync(join(tmpdir(), "gateway-kill-"));
  onTestFinished(async () => {
    await mock.close();
    rmSync(folder, { recursive: true });
  });
  const env = {
    MESIBO_APP_TOKEN: TOKEN,
    MESIBO_URL: mock.url,
    GATEWAY_API_KEY: KEY,
    DATABASE_URL: `file:${join(folder, "gateway.db")}`,
    GATEWAY_LOG: "off",
  };
  const start = async (killAt?: string) => {
    const killing = killAt === undefined ? {} : { KILL_AT: killAt, NODE_OPTIONS: `--import ${preload}` };
    const { child, firstLine, ended } = startBin(["--port", "0", "--json"], { ...env, ...killing });
    onTestFinished(() => void child.kill("SIGKILL"));
    const { url } = JSON.parse(await firstLine) as { url: string };
    return { child, ended, url, ask: createCaller([url], createRandom(1)) };
  };
  const victims = () =>
    mock
      .world(TOKEN)
      .groups()
      .filter(({ name }) => name === "Victim");
  const sent = (op: string): number =>
    mock
      .world(TOKEN)
      .requests()
      .filter((entry) => entry.op === op && JSON.stringify(entry).includes("Victim")).length;
  return { mock, start, victims, sent };
}

/** Asks once, of a gateway that will not live to answer. */
async function askInVain(url: string, { method, path, key = "", body }: Question): Promise<void> {
  const headers = {
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
    "idempotency-key": key,
  };
  const init = { method, headers, body: JSON.stringify(body) };
  await expect(fetch(new URL(path, url), init)).rejects.toThrow("fetch failed");
}

/** The names of the groups that a gateway knows, by gid. */
async function namesOf(
  ask: (question: Question) => Promise<Told>,
): Promise<Readonly<Record<number, string>>> {
  const told = await ask({ method: "GET", path: "/v1/groups" });
  if (told.kind !== "done") throw new Error("groups cannot be listed");
  const { items } = told.body as { items: readonly GroupView[] };
  return Object.fromEntries(items.map(({ gid, name }) => [gid, name]));
}

describe.each(points)("killed %s", (_, killAt, fate) => {
  test("a create is made once at most, and told as what became of it", async () => {
    const { mock, start, victims, sent } = await prepare();
    const create = {
      method: "POST",
      path: "/v1/groups",
      key: randomUUID(),
      body: { name: "Victim" },
    } as const;
    const first = await start(killAt);
    await askInVain(first.url, create);
    await first.ended;
    expect(first.child.signalCode).toBe("SIGKILL");

    const { ask } = await start();
    const told = await ask(create);
    if (fate === "nothing" || fate === "told") {
      expect(told).toMatchObject({ kind: "done", status: 201, body: { gid: victims()[0]?.gid } });
    } else {
      if (told.kind !== "unknown") throw new Error(`told as known: ${JSON.stringify(told)}`);
      const [made] = victims();
      const body =
        made === undefined ? { outcome: "did_not_happen" } : { outcome: "happened", gid: made.gid };
      const settled = await ask({ method: "POST", path: `${told.operation}/resolutions`, body });
      expect(settled).toMatchObject({ kind: "done", body: { state: "resolved" } });
      const again = await ask(create);
      if (made === undefined) expect(again).toMatchObject({ kind: "refused", status: 422 });
      else expect(again).toMatchObject({ kind: "done", status: 201, body: { gid: made.gid } });
    }
    expect([sent("groupadd"), victims().length]).toEqual(fate === "not sent" ? [0, 0] : [1, 1]);
    const truth = Object.fromEntries(
      mock
        .world(TOKEN)
        .groups()
        .map(({ gid, name }) => [gid, name]),
    );
    expect(await namesOf(ask)).toEqual(truth);
  });

  test("a change is done in the end, here and in mesibo", async () => {
    const { mock, start, victims } = await prepare();
    const first = await start(killAt);
    const made = await first.ask({
      method: "POST",
      path: "/v1/groups",
      key: randomUUID(),
      body: { name: "Base" },
    });
    if (made.kind !== "done") throw new Error(`no group: ${JSON.stringify(made)}`);
    const { gid } = made.body as GroupView;
    const change = {
      method: "PATCH",
      path: `/v1/groups/${gid}`,
      key: randomUUID(),
      body: { name: "Victim" },
    } as const;
    await askInVain(first.url, change);
    await first.ended;
    expect(first.child.signalCode).toBe("SIGKILL");

    const { ask } = await start();
    expect(await ask(change)).toMatchObject({ kind: "done", status: 200, body: { gid, name: "Victim" } });
    expect(victims()).toMatchObject([{ gid }]);
    const truth = Object.fromEntries(
      mock
        .world(TOKEN)
        .groups()
        .map(({ gid, name }) => [gid, name]),
    );
    expect(await namesOf(ask)).toEqual(truth);
  });
});
