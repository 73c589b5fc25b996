import { afterEach, expect, test } from "vitest";
import { mount } from "../src/mount.tsx";
import type { Program } from "../src/program.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { openScreen } from "./support/screen.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function open(options?: Parameters<typeof openApp>[0]): Promise<TestApp> {
  app = await openApp(options);
  return app;
}

test("several keys in one chunk are all taken, in order", async () => {
  const { screen, shows } = await open();
  screen.type("jjk\r23");
  await shows("[3 Who]");
  expect(screen.text()).toContain("› 102530 Support");
});

test("a text with enter behind it in one chunk is typed and accepted", async () => {
  const { screen, shows } = await open();
  screen.type("/supp\r");
  await shows("Groups 1 of 4");
  screen.type("\r");
  await shows("› 102530 Support");
  expect(screen.text()).toContain("[1 Overview]");
});

test("what changes something is left out of a chunk and told, and done when it is pressed alone", async () => {
  const { screen, shows, mock, settle } = await open();
  screen.type("n");
  await shows("Create the group");
  screen.type("News team\u0013 and more");
  await shows("ctrl+s came in one piece with other keys");
  expect(screen.text()).toContain("▸ Name          News team_");
  expect(mock.world().groups()).toHaveLength(4);
  screen.type("\u0013");
  await shows('Group 102533 "News team" is made');
  await settle();
});

test("no chunk removes a member, and none quits", async () => {
  const { screen, shows, mock, program } = await open();
  screen.type("\r2");
  await shows("alice@example.com");
  screen.type("dy");
  await shows("y came in one piece with other keys");
  expect(mock.world().groups()[0]?.members).toHaveLength(4);
  screen.type("\u0003\u0003\u0003");
  await shows("ctrl+c came in one piece with other keys");
  expect(program.state().quit).toBe(false);
});

test("a name that is typed faster than frames are drawn is whole", async () => {
  const { screen, shows } = await open();
  screen.type("n");
  for (const character of "The quick brown fox") screen.type(character);
  await shows("The quick brown fox");
  expect(screen.text()).toContain("▸ Name          The quick brown fox_");
});

test("arrows, escape and shifted tab come through the terminal", async () => {
  const { screen, shows } = await open();
  screen.type("n\u001b[Z");
  await shows("▸               [ Create the group ]");
  screen.type("\u001b[A\u001b[A");
  await shows("▸ Ends");
  screen.type("\u001b");
  await shows("Groups 4 of 4");
  expect(screen.text()).not.toContain("Ends");
});

test("backspace removes what was typed, in both spellings of terminals", async () => {
  const { screen, shows } = await open();
  screen.type("nabcd\u007f\u0008");
  await shows("▸ Name          ab_");
  expect(screen.text()).not.toContain("abc");
});

// Terminals make carriage returns of a clipboard's line breaks, which is what the enter key sends.
for (const [name, lineBreak] of Object.entries({ LF: "\n", CR: "\r", "CR LF": "\r\n" })) {
  test(`a bracketed paste with ${name} is one text, and its line breaks are no enter`, async () => {
    const { screen, shows, mock, press } = await open();
    screen.type("\r2");
    await shows("[2 Members]");
    screen.type(
      `\u001b[200~${["erin@example.com", "+15550100", "zoe"].join(lineBreak)}${lineBreak}\u001b[201~`,
    );
    await shows("3 addresses");
    expect(mock.world().groups()[0]?.members).toHaveLength(4);
    await press("esc", "esc", "n");
    screen.type(`\u001b[200~News${lineBreak}team\u001b[201~`);
    await shows("▸ Name          News team_");
  });
}

test("another size of the terminal is another layout, and too small a one says so", async () => {
  const { screen, shows } = await open({ columns: 100, rows: 30 });
  expect(screen.text()).toContain("EXPIRES");
  screen.resize(60, 15);
  await shows("Groups 4 of 4");
  await shows("n new group");
  expect(screen.text()).not.toContain("EXPIRES");
  screen.resize(40, 10);
  await shows("Needs 60x15, has 40x10.");
  screen.resize(80, 24);
  await shows("WHO RECEIVES");
});

test("quitting gives the terminal back", async () => {
  const { screen, exited } = await open();
  expect([screen.isAlternate(), screen.isRaw()]).toEqual([true, true]);
  screen.type("q");
  await exited;
  await screen.settled();
  expect([screen.isAlternate(), screen.isRaw()]).toEqual([false, false]);
  expect(screen.raw()).toMatch(/\[\?25h/);
});

test("ctrl+c twice quits from inside a text field, and once does not", async () => {
  const { screen, exited, shows } = await open();
  screen.type("nabc\u0003");
  await shows("ctrl+c again quits.");
  screen.type("\u0003");
  await exited;
  await screen.settled();
  expect([screen.isAlternate(), screen.isRaw()]).toEqual([false, false]);
});

test("a mistake of ours in a screen gives the terminal back and is thrown on", async () => {
  const screen = openScreen(80, 24);
  const program: Program = {
    state: () => {
      throw new Error("on purpose");
    },
    dispatch: () => undefined,
    subscribe: () => () => undefined,
    idle: async () => undefined,
  };
  const broken = mount({ program, stdin: screen.stdin, stdout: screen.stdout });
  await expect(broken.waitUntilExit()).rejects.toThrow("on purpose");
  await screen.settled();
  expect([screen.isAlternate(), screen.isRaw()]).toEqual([false, false]);
});

test("nothing is drawn while nothing happens", async () => {
  const { screen, settle } = await open();
  const before = screen.raw().length;
  await settle();
  await settle();
  expect(screen.raw().length).toBe(before);
});
