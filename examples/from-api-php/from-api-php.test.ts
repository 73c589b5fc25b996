import { createClient } from "@mesibo-groups/core";
import { demoSeed, startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { teams } from "./after.ts";
import { rawTeams } from "./before.js";

const people = ["alice@example.com", "bob@example.com", "carol@example.com"];

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ seed: demoSeed });
});
afterAll(() => mock.close());

test("both leave the same groups behind", async () => {
  const raw = rawTeams({ url: mock.url, token: "before" });
  const typed = teams(createClient({ token: "after", url: mock.url }));

  for (const { create, mute, remove, rename } of [raw, typed]) {
    const gid = await create("Red", people);
    await mute(gid, ["bob@example.com"]);
    await remove(gid, ["carol@example.com"]);
    await rename(gid, "Red team");
  }

  const [before, after] = [mock.world("before"), mock.world("after")];
  expect(after.groups().at(-1)).toMatchObject({ name: "Red team", members: { length: 2 } });
  expect(after.groups().map(({ name, members }) => ({ name, members }))).toEqual(
    before.groups().map(({ name, members }) => ({ name, members })),
  );
});

test("what raw calls pass over in silence, the client says", async () => {
  const raw = rawTeams({ url: mock.url, token: "silent" });
  const typed = teams(createClient({ token: "silent", url: mock.url }));

  // A stranger in the list: mesibo refuses it, and the raw caller goes on without a gid.
  expect(await raw.create("Blue", ["nobody@example.com"])).toBeUndefined();
  await expect(typed.create("Blue", ["nobody@example.com"])).rejects.toMatchObject({
    outcome: "refused",
    refusal: { error: "BADUSER" },
  });
});
