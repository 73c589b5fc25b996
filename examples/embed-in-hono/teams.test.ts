import { createClient } from "@mesibo-groups/core";
import { demoSeed } from "@mesibo-groups/mock-server";
import { mesiboTest } from "@mesibo-groups/mock-server/vitest";
import { expect } from "vitest";
import { createTeams } from "./teams.ts";

const test = mesiboTest({ seed: demoSeed });

const team = (name: string, ...people: readonly string[]): RequestInit => ({
  method: "POST",
  body: JSON.stringify({ name, people }),
});

test("a team is a group with its people, and who is no user is named", async ({ mesibo }) => {
  const teams = createTeams(createClient(mesibo));
  const made = await teams.request("/teams", team("Red", "alice@example.com", "nobody@example.com"));

  expect(made.status).toBe(201);
  expect(await made.json()).toEqual({
    gid: 102533,
    members: ["alice@example.com"],
    no_users: ["nobody@example.com"],
  });
  expect(mesibo.world.groups().at(-1)).toMatchObject({
    gid: 102533,
    name: "Red",
    members: [{ address: "alice@example.com", permissions: { send: true, receive: true, list: false } }],
  });
});

test("each way to fail has a status of its own", async ({ mesibo }) => {
  const teams = createTeams(createClient({ ...mesibo, retries: 0 }));
  const statusOf = async (): Promise<number> => (await teams.request("/teams", team("Blue"))).status;

  mesibo.world.faults.set({ rules: [{ effect: "close", when: "after", op: "groupadd", count: 1 }] });
  expect(await statusOf()).toBe(504);
  // It did happen, which is why nobody is told that it failed.
  expect(mesibo.world.groups().map(({ name }) => name)).toContain("Blue");

  expect((await teams.request("/teams/7", { method: "DELETE" })).status).toBe(422);
});
