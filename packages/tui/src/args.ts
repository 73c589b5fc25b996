import { parseArgs } from "node:util";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "commands" }
  | { readonly kind: "version" }
  | { readonly kind: "open"; readonly ascii: boolean; readonly profile: string | undefined }
  | { readonly kind: "wrong"; readonly message: string };

/** How `--help` begins; the commands follow. */
export const help = `mesibo-groups: manage mesibo groups from a terminal

Opens the app on the profile that --profile, MESIBO_GROUPS_PROFILE or your config.json chooses. With nothing
set it is a mock mesibo server inside the app: no account, no network, nothing is kept.
Without a terminal (in a pipe) it walks through mesibo's group tutorial in plain text.

  --profile <x> open this profile of config.json
  --ascii       draw with ASCII only             (default: when the terminal has no UTF-8)
  --version, --help

MESIBO_APP_TOKEN (or MESIBO_APP_TOKEN_FILE), MESIBO_URL and MESIBO_DIALECT (json or form) choose the server of
the commands below; with none set it is the mock inside. NO_COLOR=1 turns colours off.
`;

const options = {
  ascii: { type: "boolean", default: false },
  profile: { type: "string" },
  version: { type: "boolean", default: false },
} as const;

/** Whether the command line names a command, or asks about them. */
function namesCommand(args: readonly string[]): boolean {
  // The name behind --profile is no command.
  const { positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  return positionals.length > 0 || args.includes("--help") || args.includes("-h");
}

/** Reads the command line. Never throws: what is wrong comes back as a sentence. */
export function readArguments(args: readonly string[]): Command {
  const own = args[0] === "tui" ? args.slice(1) : args;
  if (namesCommand(own)) return { kind: "commands" };
  try {
    const { values } = parseArgs({ args: [...own], options });
    if (values.version) return { kind: "version" };
    return { kind: "open", ascii: values.ascii, profile: values.profile };
  } catch (error) {
    // The first sentence names the option; the rest is advice about positional arguments.
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    return { kind: "wrong", message: `${message.replace(/\.$/, "")}. See --help.` };
  }
}
