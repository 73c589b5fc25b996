import { command, type Command } from "../command.ts";
import { usage } from "../command-error.ts";
import { scripts } from "./scripts.ts";

const shells = Object.keys(scripts);

const isShell = (text: string): text is keyof typeof scripts => shells.includes(text);

/** Prints the completion script of a shell, for the commands that are there. */
export const completion = (commands: () => readonly Command[]): Command =>
  command({
    name: "completion",
    about: `print a completion script for ${shells.join(", ")}`,
    args: [{ name: "shell", about: `one of ${shells.join(", ")}` }],
    options: {},
    run: ({ given }) => {
      const shell = given.get("shell") ?? "";
      if (!isShell(shell))
        throw usage(`shell must be one of ${shells.join(", ")}, not ${JSON.stringify(shell)}.`);
      const script = scripts[shell](commands());
      return { data: { shell, script }, text: script.trimEnd().split("\n") };
    },
  });
