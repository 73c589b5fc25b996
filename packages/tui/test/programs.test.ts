import { expect, test } from "vitest";
import { argvOf, editorOf, pagerOf, withoutSecrets } from "../src/desk/chosen-program.ts";
import { programFault } from "../src/desk/program-words.ts";

test("plain words are a program with its arguments, and anything more is for the shell, as git does it", () => {
  expect(argvOf("code --wait")).toEqual(["code", "--wait"]);
  expect(argvOf("'/opt/my editor/bin' -n")).toEqual(["sh", "-c", `'/opt/my editor/bin' -n "$@"`, "sh"]);
  expect(argvOf("TERM=vt100 vi")).toEqual(["sh", "-c", 'TERM=vt100 vi "$@"', "sh"]);
});

test("VISUAL counts before EDITOR, and without PAGER it is less with its colours", () => {
  expect(editorOf({ VISUAL: " ", EDITOR: "vi" })).toEqual({ argv: ["vi"], from: "EDITOR" });
  expect(editorOf({ VISUAL: "emacs -nw", EDITOR: "vi" })?.argv).toEqual(["emacs", "-nw"]);
  expect(editorOf({})).toBeUndefined();
  expect(pagerOf({})).toEqual({ argv: ["less", "-R"], from: undefined });
  expect(pagerOf({ PAGER: "most" })).toEqual({ argv: ["most"], from: "PAGER" });
});

test("a program gets the environment without the secrets in it", () => {
  const env = { PATH: "/bin", MESIBO_APP_TOKEN: "a", GATEWAY_API_KEY: "b", TERM: "xterm" };
  expect(withoutSecrets(env)).toEqual({ PATH: "/bin", TERM: "xterm" });
});

test("a program that did not do it says why and what to do, and never what its variable holds", () => {
  const chosen = { argv: argvOf("SECRET=1 vi"), from: "EDITOR" };
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
});
