import { expect, test } from "vitest";
import { createClipboard, MAX_OSC_52, osc52 } from "../src/desk/clipboard.ts";
import { pipeInto } from "../src/desk/pipe.ts";

interface Copied {
  readonly way: string | undefined;
  readonly written: string;
  readonly tried: readonly string[];
  readonly input: string;
}

async function copy(
  text: string,
  { env = {}, present = "" }: { env?: Readonly<Record<string, string>>; present?: string },
): Promise<Copied> {
  let written = "";
  let input = "";
  const tried: string[] = [];
  const clipboard = createClipboard({
    env,
    write: (sequence) => {
      written += sequence;
    },
    pipe: async (command, bytes) => {
      tried.push(command.join(" "));
      if (command[0] !== present) return false;
      input = Buffer.from(bytes).toString("hex");
      return true;
    },
  });
  return { way: await clipboard(text), written, tried, input };
}

const OSC_52 = "OSC 52, where the terminal allows it";
const hex = (text: string): string => Buffer.from(text).toString("hex");

test("over SSH the terminal is asked, and no program of the other machine", async () => {
  expect(await copy("ü", { env: { SSH_TTY: "/dev/pts/1" }, present: "xclip" })).toEqual({
    way: OSC_52,
    written: "\u001b]52;c;w7w=\u0007",
    tried: [],
    input: "",
  });
});

test("in tmux the sequence is also handed through to the terminal around it", async () => {
  const { way, written } = await copy("a", { env: { TMUX: "/tmp/tmux,1,0" } });
  expect(way).toBe(OSC_52);
  expect(written).toBe("\u001b]52;c;YQ==\u0007\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\");
  expect(written).toBe(osc52("YQ==", true));
});

test("a text over the cap of terminals is not sent: a program takes it, but none over SSH", async () => {
  const fits = "a".repeat(Math.floor(MAX_OSC_52 / 4) * 3);
  const over = `${fits}a`;
  const ssh = { SSH_CONNECTION: "1.2.3.4 1 5.6.7.8 22" };
  expect((await copy(fits, { env: ssh })).way).toBe(OSC_52);
  expect(await copy(over, { env: ssh, present: "xclip" })).toEqual({
    way: undefined,
    written: "",
    tried: [],
    input: "",
  });
  expect((await copy(over, { env: { TMUX: "x" }, present: "xclip" })).way).toBe("xclip");
});

test("programs are tried in order, and the first that works is named", async () => {
  expect(await copy("zoe", { present: "xclip" })).toEqual({
    way: "xclip",
    written: "",
    tried: ["wl-copy", "xclip -selection clipboard"],
    input: hex("zoe"),
  });
  expect((await copy("zoe", {})).way).toBeUndefined();
});

test("Windows gets what is not ASCII as UTF-16", async () => {
  expect((await copy("a", { present: "clip.exe" })).input).toBe(hex("a"));
  expect((await copy("ü", { present: "clip.exe" })).input).toBe("fffefc00");
});

test("a program gets the text by its input, and one that is missing or fails is no way", async () => {
  const check = `let t="";process.stdin.on("data",(d)=>{t+=d}).on("end",()=>process.exit(t==="$(id)"?0:1))`;
  const into = (text: string): Promise<boolean> =>
    pipeInto([process.execPath, "-e", check], Buffer.from(text));
  expect(await into("$(id)")).toBe(true);
  expect(await into("else")).toBe(false);
  expect(await pipeInto(["no-such-clipboard-program"], Buffer.from("a"))).toBe(false);
});
