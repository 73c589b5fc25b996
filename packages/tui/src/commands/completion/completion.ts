import { command, type Command, type MakeCommand } from "../command.ts";
import { usage } from "../command-error.ts";
import { scripts } from "./scripts.ts";

const shells = Object.keys(scripts);

const isShell = (text: string): text is keyof typeof scripts => shells.includes(text);

/** Prints the completion script of a shell, for the commands that are there. */
export const completion = (load: () => Promise<readonly Command[]>): MakeCommand =>
  command({
    args: [{ name: "shell", about: `one of ${shells.join(", ")}` }],
    options: {},
    run: async ({ given }) => {
      const shell = given.get("shell") ?? "";
      if (!isShell(shell))
        throw usage(`shell must be one of ${shells.join(", ")}, not ${JSON.stringify(shell)}.`);
      const script = scripts[shell](await load());
      return { data: { shell, script }, text: script.trimEnd().split("\n") };
    },
  });
