import { parseArgs } from "node:util";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "open"; readonly ascii: boolean }
  | { readonly kind: "wrong"; readonly message: string };

/** The text of `--help`. */
export const help = `mesibo-groups: manage mesibo groups from a terminal

Opens the app on a mock mesibo server inside it: no account, no network, nothing is kept.
Without a terminal (in a pipe) it walks through mesibo's group tutorial in plain text.

  --ascii       draw with ASCII only             (default: when the terminal has no UTF-8)
  --version, --help

NO_COLOR=1 turns colours off.
`;

const options = {
  ascii: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the command line. Never throws: what is wrong comes back as a sentence. */
export function readArguments(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return { kind: "help" };
    if (values.version) return { kind: "version" };
    return { kind: "open", ascii: values.ascii };
  } catch (error) {
    // The first sentence names the option; the rest is advice about positional arguments.
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    return { kind: "wrong", message: `${message.replace(/\.$/, "")}. See --help.` };
  }
}
