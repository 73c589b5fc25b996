import { expect, test, vi } from "vitest";
import {
  hasTmux,
  openTerminal,
  patience,
  slow,
  type RealTerminal,
  type TerminalOptions,
} from "./support/pty.ts";

/** The application with the groups of the demo team in front. */
async function opened(options?: TerminalOptions): Promise<RealTerminal> {
  const terminal = await openTerminal(options);
  await terminal.shows("Groups 4 of 4");
  return terminal;
}

test.runIf(hasTmux)("q gives back all that the program had taken of the terminal", slow, async () => {
  const { asItIs, before, keys, shows, expectRestored } = await opened();
  // What would stay behind, were it not given back.
  expect(asItIs().modes).toEqual(["1049", "2004", "7"]);
  expect(asItIs().stty).not.toBe(before.stty);
  keys("q");
  await shows("ended 0");
  await expectRestored();
});

test.runIf(hasTmux)("ctrl+c once asks, twice ends with 130", slow, async () => {
  const { keys, shows, expectRestored, paste, capture } = await opened();
  keys("C-c");
  await shows("ctrl+c again quits");
  keys("j");
  await shows(/▸ {2}102530/);
  // A second one that comes late, on a machine that is busy, counts as a first.
  const twice = (): void => {
    keys("C-c");
    expect(capture()).toContain("ended 130");
  };
  await vi.waitFor(twice, { ...patience, interval: 200 });
  await expectRestored();
  paste("pasted");
  await shows("pasted");
  expect(capture()).not.toContain("[200~");
});

for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGINT", 130],
] as const) {
  test.runIf(hasTmux)(`${signal} ends it with ${code}, and the terminal is as before`, slow, async () => {
    const { pid, shows, expectRestored } = await opened();
    process.kill(pid(), signal);
    await shows(`ended ${code}`);
    await expectRestored();
  });
}

/** Makes a mistake in the process when it gets a signal; nothing of it is in the program. */
const mistakes = {
  "a throw": `throw new Error("on purpose")`,
  "a rejection": `Promise.reject(new Error("on purpose"))`,
};

for (const [name, mistake] of Object.entries(mistakes)) {
  test.runIf(hasTmux)(`the terminal is as before after ${name} that nobody catches`, slow, async () => {
    const code = `data:text/javascript,process.on("SIGUSR2",()=>{${mistake}})`;
    const { pid, shows, expectRestored } = await opened({ nodeArgs: ["--import", code] });
    process.kill(pid(), "SIGUSR2");
    await shows("Error: on purpose");
    await shows(/ended [1-9]/);
    await expectRestored();
  });
}

test.runIf(hasTmux)("a window that is closed leaves no process behind", slow, async () => {
  const { pid, close } = await opened();
  const program = pid();
  close();
  await vi.waitFor(() => expect(() => process.kill(program, 0)).toThrow("ESRCH"), patience);
});

test.runIf(hasTmux)(
  "ctrl+z leaves the terminal to the shell, and fg comes back to the same screen, as often as one likes",
  slow,
  async () => {
    const { keys, shows, text, asItIs, expectRestored } = await openTerminal({ asJob: true });
    await shows("Groups 4 of 4");
    keys("Enter", "2");
    await shows("[2 Members]");
    for (const answer of [42, 43]) {
      keys("C-z");
      await shows(/Stopped|suspended/i);
      await expectRestored();
      text(`echo still $((${answer}))`);
      keys("Enter");
      await shows(`still ${answer}`);
      text('fg; echo "resumed $?"');
      keys("Enter");
      await shows(/\[2 Members\]/);
      await vi.waitFor(() => expect(asItIs().modes).toEqual(["1049", "2004", "7"]), patience);
    }
    keys("Escape");
    await shows("Groups 4 of 4");
    keys("q");
    await shows("resumed 0");
    await expectRestored();
  },
);

/** The screen without its time of day. */
const timeless = (screen: string): string => screen.replaceAll(/\d\d:\d\d:\d\d/g, "hh:mm:ss");

test.runIf(hasTmux)("a storm of sizes ends in the picture of the last one", slow, async () => {
  const { resize, shows, keys, capture, expectRestored } = await opened();
  for (let round = 0; round < 20; round += 1) {
    resize(61 + round * 7, 15 + round);
    keys(round % 2 === 0 ? "j" : "k");
    resize(30 + round, 5 + round);
  }
  resize(100, 30);
  await shows("EXPIRES");
  const calm = await opened({ columns: 100, rows: 30 });
  await vi.waitFor(() => expect(timeless(capture())).toBe(timeless(calm.capture())), patience);
  keys("q");
  await shows("ended 0");
  await expectRestored();
});

test.runIf(hasTmux)("too small a window says what it needs, and can be left", slow, async () => {
  const { resize, shows, keys, expectRestored } = await opened();
  resize(40, 10);
  await shows("Needs 60x15, has 40x10.");
  resize(80, 24);
  await shows("Groups 4 of 4");
  resize(59, 24);
  await shows("Needs 60x15, has 59x24.");
  keys("q");
  await shows("ended 0");
  await expectRestored();
});
