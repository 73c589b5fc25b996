import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { home } from "./profile/support.ts";
import { CANARY } from "./support/app.ts";
import { hasTmux, openTerminal, slow } from "./support/pty.ts";

test.runIf(hasTmux)(
  "a person makes a group, changes flags and members, pastes a list, takes back, looks at jobs, calls and profiles, and leaves",
  slow,
  async () => {
    const crowd = Array.from({ length: 30 }, (_, index) => `u${index}`);
    const seed = { ...demoSeed, users: [...demoSeed.users, ...crowd] };
    const server = await startMock({ seed, tokens: [CANARY] });
    onTestFinished(() => server.close());
    const members = (): readonly string[] | undefined =>
      server
        .world(CANARY)
        .groups()
        .at(-1)
        ?.members.map(({ address }) => address);
    const profile = { kind: "mock", url: server.url, token_file: "token" };
    const { around, write } = await home({ version: 1, profiles: { staging: profile } });
    await write(".config/mesibo-groups/token", CANARY);
    const terminal = await openTerminal({
      // CI must not turn the screen off.
      env: { HOME: around.home, CI: "true", MESIBO_URL: server.url, MESIBO_APP_TOKEN: CANARY },
    });
    const { shows, keys, text, paste, capture, raw, expectRestored } = terminal;

    await shows("Groups 4 of 4");
    keys("n");
    await shows("Create the group");
    text("News team");
    keys("Tab", "Right");
    // What came in one piece with it would be left out with it.
    await shows("< restricted >");
    keys("C-s");
    await shows('Group 102533 "News team" is made');

    keys("1");
    await shows("[1 Overview]");
    text("j");
    keys("w");
    await shows("Nothing has been changed yet");
    keys("l");
    await shows("was 17 0x11");
    keys("w");
    await shows("Group 102533 is written");

    keys("2");
    await shows("No members yet");
    paste("alice@example.com\nbob@example.com\nzoe\n");
    await shows("3 addresses");
    keys("Enter");
    await shows("3 new");
    keys("Enter");
    await shows("zoe is not a user of this app");
    keys("c");
    await shows("zoe: in the group now");
    keys("s");
    await shows("alice@example.com: changed");
    await shows(/alice@example\.com +\[ \]/);
    keys("z");
    await shows("Undo:");
    keys("y");
    await shows(/alice@example\.com +\[x\]/);
    keys("d");
    await shows("Remove");
    keys("y");
    await shows("alice@example.com: removed");
    expect(members()).toEqual(["bob@example.com", "zoe"]);

    paste(crowd.join("\n"));
    await shows("30 addresses");
    keys("Enter");
    await shows("30 new");
    keys("Enter");
    await shows("Members 32");
    await shows("27 more: in the group now");
    expect(members()).toHaveLength(32);
    keys("z");
    await shows("Type 102533");
    text("102533");
    await shows("Now y");
    keys("y");
    await shows("Members 2");
    expect(members()).toEqual(["bob@example.com", "zoe"]);

    keys("1", "Escape");
    await shows("Groups 5 of 5");
    keys("3");
    await shows("› jobs");
    await shows(/done +Add 30 members/);
    keys("Escape");
    await shows("Groups 5 of 5");

    keys("2");
    await shows("› calls");
    keys("Enter");
    await shows("[curl]");
    await shows("$MESIBO_APP_TOKEN");
    keys("]");
    await shows("[HTTPie]");
    keys("Escape");
    await shows("groupgetmembers");
    keys("Escape");
    await shows("Groups 5 of 5");

    keys("0");
    await shows(/▸ {2}staging +mock/);
    keys("Enter");
    await shows("staging (mock)");
    await shows("Groups 5 of 5");

    keys("G", "d");
    await shows("Delete group 102533");
    keys("y");
    await shows("Type 102533 first, then y.");
    text("102533");
    await shows("Now y");
    keys("y");
    await shows("Group 102533 is deleted");
    await shows("Groups 4 of 4");
    keys("q");
    await shows("ended 0");
    expect(raw()).not.toContain("canary");
    expect(capture()).toMatch(/^ready>/m);
    await expectRestored();
  },
);

test.runIf(hasTmux)("10,000 pasted lines are one list: added, counted and taken back", slow, async () => {
  const users = Array.from({ length: 10_000 }, (_, index) => `user${index}@example.com`);
  const server = await startMock({ seed: { users, groups: [{ name: "Crowd" }] }, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const { shows, keys, text, paste } = await openTerminal({
    env: { MESIBO_URL: server.url, MESIBO_APP_TOKEN: CANARY },
  });
  const members = (): number | undefined => server.world(CANARY).groups()[0]?.members.length;
  await shows("Groups 1 of 1");
  keys("Enter", "2");
  await shows("No members yet");
  paste(users.join("\n"));
  await shows("10,000 lines");
  keys("Enter");
  await shows("10,000 new");
  keys("Enter");
  await shows("done: user0@example.com");
  expect(members()).toBe(10_000);
  keys("z");
  await shows("Type 102529");
  text("102529");
  await shows("Now y");
  keys("y");
  await shows("Members 0");
  expect(members()).toBe(0);
  keys("C-c");
  await shows("ctrl+c again quits.");
  keys("C-c");
  await shows("ended 130");
});
