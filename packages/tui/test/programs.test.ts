import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { argvOf, editorOf, pagerOf, withoutSecrets } from "../src/desk/chosen-program.ts";
import { NO_EDITOR, programFault } from "../src/desk/program-words.ts";

test("plain words are a program with its arguments, and anything more is for the shell, as git does it", () => {
  expect(argvOf("code --wait")).toEqual(["code", "--wait"]);
  expect(argvOf("'/opt/my editor/bin' -n")).toEqual(["sh", "-c", `'/opt/my editor/bin' -n "$@"`, "sh"]);
  expect(argvOf("TERM=vt100 vi")).toEqual(["sh", "-c", 'TERM=vt100 vi "$@"', "sh"]);
});

test("VISUAL counts before EDITOR, and without PAGER it is less with its colours", async () => {
  const as = "editor";
  expect(await editorOf({ VISUAL: " ", EDITOR: "vi" })).toEqual({ as, argv: ["vi"], from: "EDITOR" });
  expect(await editorOf({ VISUAL: "emacs -nw", EDITOR: "vi" })).toEqual({
    as,
    argv: ["emacs", "-nw"],
    from: "VISUAL",
  });
  expect(pagerOf({})).toEqual({ as: "pager", argv: ["less", "-R"], from: undefined });
  expect(pagerOf({ PAGER: "most" })).toEqual({ as: "pager", argv: ["most"], from: "PAGER" });
});

const unix = process.platform !== "win32";

test.runIf(unix)(
  "where no editor is named, it is the first known one that PATH has as a program",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "mesibo-editors-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    const PATH = `:${join(folder, "nowhere")}:${first}:${second}`;
    for (const path of [first, second]) await mkdir(path);
    expect(await editorOf({})).toBeUndefined();
    await mkdir(join(first, "nano"));
    await writeFile(join(first, "vi"), "", { mode: 0o600 });
    expect(await editorOf({ PATH })).toBeUndefined();
    for (const path of [join(first, "vim"), join(second, "vi"), join(second, "sensible-editor")]) {
      await writeFile(path, "", { mode: 0o700 });
      const last = parse(path).base === "vi" ? "vim" : parse(path).base;
      expect(await editorOf({ PATH, EDITOR: "" })).toEqual({ as: "editor", argv: [last], from: undefined });
    }
    expect(NO_EDITOR).toBe(
      "Neither VISUAL nor EDITOR is set, and PATH has none of sensible-editor, nano, vim and vi. Set EDITOR to your editor, such as EDITOR=emacs, and start again.",
    );
  },
);

test("a program gets the environment without the secrets in it", () => {
  const env = { PATH: "/bin", MESIBO_APP_TOKEN: "a", GATEWAY_API_KEY: "b", TERM: "xterm" };
  expect(withoutSecrets(env)).toEqual({ PATH: "/bin", TERM: "xterm" });
});

test("a program that did not do it says why and what to do, and never what its variable holds", () => {
  const chosen = { as: "editor", argv: argvOf("SECRET=1 vi"), from: "EDITOR" } as const;
  const words = [
    { kind: "exited", code: 0 },
    { kind: "exited", code: 1 },
    { kind: "exited", code: 127 },
    { kind: "killed", signal: "SIGKILL" },
    { kind: "not_run", code: "EACCES" },
    undefined,
  ] as const;
  expect(words.map((ended) => programFault(chosen, ended))).toEqual([
    undefined,
    "The program of EDITOR ended with exit code 1.",
    "The program of EDITOR was not found. Set EDITOR to one that is there, and start again.",
    "The program of EDITOR was ended by SIGKILL.",
    "The program of EDITOR could not be run (EACCES). Set EDITOR to one that is there, and start again.",
    "Another program has the terminal; close that first.",
  ]);
  expect(programFault(pagerOf({}), { kind: "not_run", code: "ENOENT" })).toBe(
    "The pager less was not found. Set PAGER to a program that shows text, and start again.",
  );
  expect(programFault({ as: "editor", argv: ["vi"], from: undefined }, { kind: "exited", code: 127 })).toBe(
    "The editor vi was not found. Set EDITOR to your editor, such as EDITOR=emacs, and start again.",
  );
});
