import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CANARY } from "../support/app.ts";
import { known, profilesLike } from "../support/known-profiles.ts";
import { hold, type TalkOptions } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

const thirty = Array.from({ length: 30 }, (_, index) => `u${index}`);

/** A server whose answers to creates are lost. */
const losing =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    const answer = await fetch(url, init);
    if (typeof init.body === "string" && init.body.includes('"groupadd"'))
      throw new TypeError("fetch failed", { cause: { code: "UND_ERR_SOCKET" } });
    return answer;
  };

/** Answers between bars. */
const said = (answers: string): readonly string[] => answers.split("|").map((answer) => answer.trim());

const journeys: Readonly<Record<string, readonly [readonly string[], TalkOptions?]>> = {
  create: [["n", "1", "Ops", "3", "4", "9", "back", "list", "quit"]],
  edit: [["1", "3", "w", "y", "9", "0x91", "w", "back", "quit"]],
  filter: [["/sup", "1", "back", "/nothing", "/", "o", "O", "quit"]],
  members: [
    [
      "1",
      "tab members",
      "2",
      "toggle send",
      "r",
      "a",
      "dave@example.com, x@y",
      "",
      "1",
      "back",
      "3",
      "d",
      "y",
      "quit",
    ],
  ],
  bulk: [
    [
      ...said("1 | tab members | a | | a | @nowhere.txt | | | a"),
      ...thirty,
      ...said("stranger | | 1 | w | c | more | more | back | jobs | enter | back | quit"),
    ],
    { seed: { users: thirty, groups: [{ name: "A" }] } },
  ],
  delete: [["delete group", "102530", "102529", "no", "delete group", "102529", "y", "quit"]],
  delete_marked: [
    said(
      "mark | mark | list | delete group | 3 groups | | delete group | 2 groups | y | /t | mark all | copy | quit",
    ),
  ],
  who: [["4", "tab who", "2", "1", "enter", "back", "quit"]],
  calls: [["calls", "1", "]", "back", "back", "1", "4", "group calls", "quit"]],
  programs: [["calls", "1", "open in pager", "open in editor", "back", "quit"]],
  palette: [[":102531", "back", ":flags 0x91", "back", ":zzz", ":delete", "back", ":jobs", "quit"]],
  help: [["?", "20", "back", "what", "99", "q"]],
  undo: [["1", "1", "Old", "w", "z", "y", "Z", "no", "quit"]],
  read_only: [["n", "delete group", "?", "quit"], { connection: { readOnly: "config.json" } }],
  mock: [
    said(
      "show mock | 1 | back | mock clock | freeze clock | a | soon |  | a | 1d | mock faults | n | 3 | 504 | 9 | d | " +
        " mock saved | s | enter | f | copy | mock worlds | back | quit",
    ),
  ],
  mock_elsewhere: [["show mock", "quit"], { connection: { name: "live", kind: "mesibo" } }],
  notice: [
    ["y", "quit"],
    { connection: { name: "live", kind: "mesibo", notice: "This machine would be one of five addresses." } },
  ],
  notice_refused: [
    ["no"],
    { connection: { name: "live", kind: "mesibo", notice: "This machine would be one of five addresses." } },
  ],
  profiles: [
    [
      ...said("profiles | 2 | n | 1 | new | 2 | 3 | http://127.0.0.1:4010/ | back"),
      ...said("2 | test profile | y | back | remove profile | live | y | quit"),
    ],
    { profiles: profilesLike(known) },
  ],
};

describe("a conversation", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 23, 13, 5, 22) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(Object.entries(journeys))("%s", async (name, [answers, options]) => {
    const { text } = await hold(answers, options);
    await expect(text).toMatchFileSnapshot(`transcripts/${name}.txt`);
    expect(text).not.toContain(CANARY);
  });

  test("tells an outcome that nobody knows, and settles it", async () => {
    const mock = createMock({ seed: demoSeed, tokens: [CANARY] });
    const client = { fetch: losing(mock.fetch), retries: 0 };
    const { text } = await hold(["n", "1", "Lost", "9", "back", "jobs", "job happened", "quit"], { client });
    await expect(text).toMatchFileSnapshot("transcripts/unknown.txt");
  });

  test("a number picks a command of the menu only right behind it", async () => {
    const titles = async (...answers: readonly string[]): Promise<readonly string[]> =>
      (await hold(answers)).lines.filter((line) => /^(?:New group|Group \d+, .*overview)\.$/.test(line));
    expect(await titles("?", "2")).toEqual(["New group."]);
    expect(await titles("?", "list", "2")).toEqual(["Group 102530, Support, overview."]);
  });
});
