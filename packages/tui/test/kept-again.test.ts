import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { createKeptChanges, type KeptChanges } from "../src/kept/changes.ts";
import { keepingClient } from "../src/kept/client.ts";
import { createStore } from "../src/kept/store.ts";

/** A group whose answer was lost, and what two programs know of it. */
async function lostGroup() {
  const folder = mkdtempSync(join(tmpdir(), "mesibo-again-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const mock = createMock();
  const client = createClient({ ...mock, retries: 0 });
  const keeping = { store: createStore(folder), owner: { name: "local", url: mock.url } };
  const { faults, groups } = mock.world();
  faults.set({ rules: [{ op: "groupadd", effect: "close", when: "after", count: 1 }] });
  await expect(keepingClient(client, keeping).groups.create({ name: "Lost" })).rejects.toThrow(
    "it may have happened",
  );
  const kept = createKeptChanges(keeping, client);
  const id = (await kept.list()).entries[0]?.id ?? "";
  return { id, kept, lock: join(folder, `${id}.json.lock`), names: () => readdirSync(folder), groups };
}

const sendAgain = ({ settle }: KeptChanges, id: string): Promise<void> =>
  settle({ id, resolution: { outcome: "retried", accept_duplicate_risk: true } });

test("a change that several send again at once goes out once, and the others say so", async () => {
  const { id, kept, names, groups } = await lostGroup();
  const ended = await Promise.allSettled([sendAgain(kept, id), sendAgain(kept, id), sendAgain(kept, id)]);
  expect(ended.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
  for (const end of ended)
    if (end.status === "rejected") expect(end.reason).toMatchObject({ name: "KeptError", fault: "conflict" });
  expect([groups().length, names()]).toEqual([2, []]);
});

test("who was killed before it sent a change again is waited for no longer than that takes", async () => {
  const { id, kept, lock, names, groups } = await lostGroup();
  writeFileSync(lock, "");
  await expect(sendAgain(kept, id)).rejects.toThrow(`${id} is on its way: another program sends it.`);
  utimesSync(lock, 0, 0);
  await sendAgain(kept, id);
  expect([groups().length, names()]).toEqual([2, []]);
});
