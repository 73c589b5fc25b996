import { expect, test } from "vitest";
import { createMock } from "../../src/index.ts";

// Each of these took the time of one pass for every row, and longer than this file may.

test("a pattern of a million stars is read once for a list of a thousand groups", async () => {
  const groups = Array.from({ length: 1_000 }, (_, index) => ({ name: `x${index}` }));
  const mock = createMock({ seed: { users: [], groups } });
  const body = JSON.stringify({
    op: "groupsget",
    token: mock.token,
    group: { name: `x${"*".repeat(1_000_000)}7` },
    count: 1_000,
  });
  for (let time = 0; time < 10; time += 1) {
    const answer = await mock.fetch(mock.url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(200);
  }
});

test("thousands who come online look through the deliveries once", async () => {
  const users = Array.from({ length: 20_000 }, (_, index) => `u${index}`);
  const mock = createMock({ seed: { users, groups: [] } });
  const presence = Object.fromEntries(users.map((address) => [address, true]));
  const answer = await mock.fetch(new URL(`/_mock/worlds/${mock.token}/presence`, mock.url).href, {
    method: "PUT",
    body: JSON.stringify(presence),
    headers: { "content-type": "application/json" },
  });
  expect(((await answer.json()) as { online: unknown[] }).online).toHaveLength(20_000);
});
