import { parseArgs } from "node:util";
import { parseFault } from "./parse-fault.ts";

/** What the command line asks for. */
export type Command =
  | { readonly kind: "commands"; readonly args: readonly string[] }
  | { readonly kind: "version" }
  | {
      readonly kind: "open";
      readonly ascii: boolean;
      readonly color: "auto" | "always" | "never";
      readonly profile: string | undefined;
      /** As a conversation, for who hears the screen. */
      readonly screenReader: boolean;
    }
  | { readonly kind: "wrong"; readonly message: string };

/** How `--help` begins; the commands follow. */
export const help = `mesibo-groups: manage mesibo groups from a terminal

Opens the app on the profile that --profile, MESIBO_GROUPS_PROFILE or your config.json chooses. With nothing
set it is a mock mesibo server inside the app: no account, no network, nothing is kept.
Without a terminal (in a pipe) it walks through mesibo's group tutorial in plain text.

  --profile <x> open this profile of config.json
  --screen-reader
                a conversation line by line instead of screens; INK_SCREEN_READER=true does the same
  --color <x>   auto, always or never              (default: auto, which NO_COLOR=1 turns off)
  --ascii       draw with ASCII only             (default: when the terminal has no UTF-8)
  --version, --help

The commands below use the same profiles. Without one, MESIBO_APP_TOKEN (or MESIBO_APP_TOKEN_FILE), MESIBO_URL
and MESIBO_DIALECT (json or form) choose a server, GATEWAY_URL and GATEWAY_API_KEY (or GATEWAY_API_KEY_FILE) a
gateway. NO_COLOR=1 turns colours off.
`;

const options = {
  ascii: { type: "boolean", default: false },
  color: { type: "string", default: "auto" },
  "screen-reader": { type: "boolean", default: false },
  profile: { type: "string" },
  version: { type: "boolean", default: false },
} as const;

/** Whether the command line names a command. */
function namesCommand(args: readonly string[]): boolean {
  // The name behind --profile is no command.
  const { positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  return positionals.length > 0;
}

/** Reads the command line; `tui` may stand before what opens the app. What is wrong comes back as a sentence. */
export function readArguments(
  args: readonly string[],
  { INK_SCREEN_READER }: Readonly<Record<string, string | undefined>> = {},
): Command {
  const named = args[0] === "tui";
  const own = named ? args.slice(1) : args;
  const asked = own.includes("--help") || own.includes("-h");
  if (asked || (!named && namesCommand(own))) return { kind: "commands", args: own };
  try {
    const { values } = parseArgs({ args: [...own], options });
    if (values.version) return { kind: "version" };
    const screenReader = values["screen-reader"] || INK_SCREEN_READER === "true";
    const { color } = values;
    if (color !== "auto" && color !== "always" && color !== "never") {
      const fault = `--color takes auto, always or never, not ${JSON.stringify(color.slice(0, 40))}.`;
      return { kind: "wrong", message: `${fault} See --help.` };
    }
    return { kind: "open", color, ascii: values.ascii, profile: values.profile, screenReader };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: "wrong", message: parseFault(error) };
  }
}
