import { expect, test } from "vitest";
import { hasTmux, openTerminal, slow, type RealTerminal, type TerminalOptions } from "./support/pty.ts";

/** What sets colours and looks. */
// oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
const looks = /\u001b\[[\d;]*m/g;

// oxlint-disable-next-line no-control-regex -- all of ASCII, control characters included
const ascii = /^[\u0000-\u007f]*$/;

/** The groups, a group, its members, the help and a dialogue, then the end. */
async function walked(options?: TerminalOptions): Promise<RealTerminal> {
  const terminal = await openTerminal(options);
  const { keys, shows, hides, expectRestored } = terminal;
  await shows("Groups 4 of 4");
  keys("Enter");
  await shows("[1 Overview]");
  keys("2");
  await shows("alice@example.com");
  keys("d");
  await shows("[ Cancel ]");
  keys("Escape");
  await hides("[ Cancel ]");
  keys("?");
  await shows("The keys that work here");
  keys("Escape");
  await shows("[2 Members]");
  keys("Escape");
  await shows("Groups 4 of 4");
  keys("q");
  await shows("ended 0");
  await expectRestored();
  return terminal;
}

test.runIf(hasTmux)("colours are used where nothing speaks against them", slow, async () => {
  const { raw } = await walked();
  expect(raw()).toMatch(looks);
  expect(raw()).not.toMatch(ascii);
});

test.runIf(hasTmux)("NO_COLOR writes not one colour", slow, async () => {
  const { raw } = await walked({ env: { NO_COLOR: "1" } });
  expect(raw().match(looks)).toBeNull();
});

for (const [name, options] of Object.entries({
  "--ascii": { args: ["--ascii"] },
  "a locale without UTF-8": { env: { LANG: "C" } },
  "the console of Linux": { env: { TERM: "linux" } },
})) {
  test.runIf(hasTmux)(`${name} writes nothing but ASCII`, slow, async () => {
    const { raw } = await walked(options);
    expect(raw()).toMatch(ascii);
  });
}

for (const [name, options] of Object.entries({
  "--screen-reader": { args: ["--screen-reader"] },
  INK_SCREEN_READER: { env: { INK_SCREEN_READER: "true" } },
})) {
  test.runIf(hasTmux)(`${name} writes lines, and no control sequence`, slow, async () => {
    const { keys, text, shows, raw, expectRestored } = await openTerminal(options);
    await shows("as a conversation");
    await shows("News");
    text("1");
    keys("Enter");
    await shows("Group 102529");
    text("quit");
    keys("Enter");
    await shows("ended 0");
    expect(raw()).not.toContain("\u001b");
    await expectRestored();
  });
}
