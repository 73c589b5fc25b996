import { expect, test } from "vitest";
import { makeUsers } from "../../src/bulk/users.ts";
import { openPlace, puts } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

const edits = puts(["a", "b", "c"]);

/** Fails the connection of one call. */
const cut =
  (call: number) =>
  (fetch: Fetch): Fetch => {
    let calls = 0;
    return (url, init) => {
      calls += 1;
      if (calls === call) throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
      return fetch(url, init);
    };
  };

test("a user is made of each address", async () => {
  const { client } = openPlace({ users: [] });
  const progress: number[] = [];
  expect(await makeUsers({ client, edits }, { onProgress: (made) => progress.push(made) })).toEqual({
    made: edits,
    refused: [],
    notSent: [],
    calls: 3,
  });
  expect(progress).toEqual([1, 2, 3]);
  const { users } = await client.users.list();
  expect(users.map(({ address }) => address)).toEqual(["a", "b", "c"]);
});

test("after a lost connection nobody else is made, and nobody is sent to the group", async () => {
  const { client } = openPlace({ users: [], wire: cut(2) });
  const { made, refused, notSent, calls } = await makeUsers({ client, edits });
  expect([made, refused, calls]).toEqual([edits.slice(0, 1), [], 2]);
  expect(notSent.map(({ edit }) => edit)).toEqual(edits.slice(1));
  expect(notSent[0]?.reason).toContain("No user was made: ");
});

test("a stop makes no further user", async () => {
  const { client } = openPlace({ users: [] });
  const stop = new AbortController();
  const result = await makeUsers({ client, edits }, { stop: stop.signal, onProgress: () => stop.abort() });
  expect([result.made, result.calls]).toEqual([edits.slice(0, 1), 1]);
  expect(result.notSent.map(({ edit }) => edit)).toEqual(edits.slice(1));
});

test("who is refused as a user does not keep the others back", async () => {
  const { client, mock } = openPlace({ users: [] });
  mock.world().faults.set({ rules: [{ effect: "refuse", op: "useradd", count: 1, error: "BADPARAM" }] });
  const { made, refused } = await makeUsers({ client, edits });
  expect(made).toEqual(edits.slice(1));
  expect(refused.map(({ edit }) => edit)).toEqual(edits.slice(0, 1));
});
