import { createClient, type Member } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { createProgram } from "../src/program.ts";

const gid = 102529;

test("10,000 pasted addresses with 100 strangers end with exactly those named, and are taken back", async () => {
  const pasted = Array.from({ length: 10_000 }, (_, index) => `u${index}`);
  // One in each hundred, each at another place of it.
  const isStranger = (index: number): boolean => index % 100 === Math.floor(index / 100);
  const strangers = pasted.filter((_, index) => isStranger(index));
  const users = pasted.filter((_, index) => !isStranger(index));
  const [changed = ""] = users;
  const seed = {
    users: ["old", ...users],
    groups: [{ name: "G", members: [{ address: "old" }, { address: changed, permissions: { list: true } }] }],
  };
  const { token, url, fetch, world } = createMock({ seed });
  const program = createProgram({
    client: createClient({ token, url, fetch }),
    connection: { name: "embedded mock", canCreateUsers: true },
    size: { columns: 80, rows: 24 },
    onDefect: (error) => {
      throw error;
    },
  });
  const { dispatch, idle, state } = program;
  const press = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      dispatch({ kind: "key", key: { name, text: name.length === 1 ? name : undefined } });
      await idle();
    }
  };
  const members = (): readonly Member[] => world().groups()[0]?.members ?? [];
  await idle();
  const before = members();

  await press("enter", "2");
  dispatch({ kind: "pasted", text: pasted.join("\n") });
  await press("enter", "enter");

  const job = state().jobs[0];
  expect(job).toMatchObject({
    outcome: "refused",
    text: "9,900 done, 100 refused, 0 unknown, 0 not sent",
  });
  expect(job?.result?.refused.map(({ edit }) => [edit.line, edit.address])).toEqual(
    strangers.map((address) => [pasted.indexOf(address) + 1, address]),
  );
  expect(state().dialog).toEqual({ kind: "result", job: 101, top: 0 });
  expect(
    members()
      .map(({ address }) => address)
      .toSorted(),
  ).toEqual(["old", ...users].toSorted());

  await press("z", "y");
  expect(members()).toHaveLength(9_901);
  await press(...Array.from(String(gid)), "y");
  expect(members()).toEqual(before);
  expect(
    state()
      .data.rosters.get(gid)
      ?.members.map(({ address }) => address),
  ).toEqual(["old", changed]);
  expect(state().notice?.text).toMatch(/^Job 101 is taken back/);
});
