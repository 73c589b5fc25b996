import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { hasTmux, openTerminal, type RealTerminal, type TerminalOptions } from "./support/pty.ts";

const slow = { timeout: 90_000 };

/** The application with the groups of the demo team in front. */
async function opened(options?: TerminalOptions): Promise<RealTerminal> {
  const terminal = openTerminal(options);
  await terminal.shows("Groups 4 of 4");
  return terminal;
}

test.runIf(hasTmux)(
  "a person makes a group on a mock over HTTP, edits it, adds members, takes a change back and deletes it",
  slow,
  async () => {
    const server = await startMock({ seed: demoSeed, tokens: ["canary-5f1c0ffee-token"] });
    onTestFinished(() => server.close());
    const { shows, keys, text, paste, capture, expectRestored } = await opened({
      // CI must not turn the screen off.
      env: { CI: "true", MESIBO_URL: server.url, MESIBO_APP_TOKEN: "canary-5f1c0ffee-token" },
    });
    keys("n");
    await shows("Create the group");
    text("News team");
    keys("Tab", "Right", "C-s");
    await shows('Group 102533 "News team" is made');

    keys("1");
    await shows("[1 Overview]");
    text("j");
    keys("w");
    await shows("Nothing has been changed yet");
    keys("l", "w");
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
    expect(
      server
        .world("canary-5f1c0ffee-token")
        .groups()
        .at(-1)
        ?.members.map(({ address }) => address),
    ).toEqual(["bob@example.com", "zoe"]);

    keys("1", "Escape");
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
    expect(capture()).not.toContain("canary");
    keys("q");
    await shows("ended 0");
    expect(capture()).toMatch(/^before$/m);
    await expectRestored();
  },
);

test.runIf(hasTmux)(
  "ctrl+c once asks, twice ends with 130, and the terminal is as before",
  slow,
  async () => {
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
    await vi.waitFor(twice, { timeout: 15_000, interval: 200 });
    await expectRestored();
    paste("pasted");
    await shows("pasted");
    expect(capture()).not.toContain("[200~");
  },
);

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

test.runIf(hasTmux)(
  "ctrl+z leaves the terminal to the shell, and fg comes back to the same screen",
  slow,
  async () => {
    const { keys, shows, text, expectRestored } = openTerminal({ asJob: true });
    await shows("Groups 4 of 4");
    keys("Enter", "2");
    await shows("[2 Members]");
    keys("C-z");
    await shows(/Stopped|suspended/i);
    await expectRestored();
    text("echo still $((40 + 2))");
    keys("Enter");
    await shows("still 42");
    text('fg; echo "resumed $?"');
    keys("Enter");
    await shows(/\[2 Members\]/);
    keys("Escape");
    await shows("Groups 4 of 4");
    keys("q");
    await shows("resumed 0");
    await expectRestored();
  },
);

test.runIf(hasTmux)(
  "NO_COLOR draws without colours, and --ascii is chosen where there is no UTF-8",
  slow,
  async () => {
    const coloured = await opened();
    expect(coloured.capture("-e")).toContain("\u001b[36m");

    const plain = await opened({ env: { NO_COLOR: "1", LANG: "C", LC_ALL: "C" } });
    await plain.shows(/^> {2}102529/m);
    expect(plain.capture("-e")).not.toContain("\u001b[3");
  },
);
