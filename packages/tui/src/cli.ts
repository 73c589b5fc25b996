#!/usr/bin/env node
import type { Appearance } from "./appearance.ts";
import { readArguments, type Command } from "./args.ts";
import { ProfileError } from "./profile/errors.ts";
import { surroundings } from "./profile/surroundings.ts";
import type { Session } from "./session.ts";
import { sanitize } from "./text/sanitize.ts";
import packageJson from "../package.json" with { type: "json" };

// A reader that has seen enough (`mesibo-groups | head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  const code = error.code ?? "an error";
  process.stderr.write(`mesibo-groups: the output could not be written (${code}). What was done is done.\n`);
  // As after an answer that was lost: whoever reads the exit code must look before it repeats anything.
  process.exit(5);
});

// Nobody has to read what is said beside the data: a change goes on, and its exit code says how it ended.
process.stderr.on("error", () => undefined);

const hasUtf8 = ({ LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv): boolean =>
  TERM !== "linux" && (process.platform === "win32" || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || ""));

interface Chosen {
  readonly session: Session;
  readonly appearance: Appearance;
}

/** Opens the chosen profile before the screen is drawn, so that what is wrong is one line. */
async function chosen(profile: string | undefined): Promise<Chosen | ProfileError> {
  const around = surroundings();
  try {
    const [{ loadAppearance }, { openSession }] = await Promise.all([
      import("./appearance.ts"),
      import("./session.ts"),
    ]);
    return {
      appearance: await loadAppearance(around),
      session: await openSession({ around, flags: { profile } }),
    };
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
}

/** Whether colours are drawn; "auto" lets the terminal and FORCE_COLOR decide. */
function withoutColor(color: "auto" | "always" | "never", { NO_COLOR = "" }: NodeJS.ProcessEnv): boolean {
  return color === "never" || (color === "auto" && NO_COLOR !== "");
}

async function openTerminal({
  ascii,
  color,
  profile,
  screenReader,
}: Extract<Command, { kind: "open" }>): Promise<number> {
  const opened = await chosen(profile);
  if (opened instanceof ProfileError) {
    process.stderr.write(`mesibo-groups: ${sanitize(opened.message)}\n`);
    return 2;
  }
  const { session, appearance } = opened;

  if (screenReader) {
    const { openDialogue } = await import("./dialogue/open.ts");
    return openDialogue({ session, keymap: appearance.keymap });
  }

  // Ink's colours ask FORCE_COLOR when they are loaded, and know nothing of NO_COLOR.
  if (withoutColor(color, process.env)) process.env["FORCE_COLOR"] = "0";
  else if (color === "always") process.env["FORCE_COLOR"] = "2";
  const { openApp } = await import("./open.tsx");
  return openApp({ session, appearance, ascii: ascii || !hasUtf8(process.env) });
}

/** Ends the command that runs, so that it can say how far it came; a second signal ends the process. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      stop.abort(name);
    });
  }
  return stop.signal;
}

async function runCommandLine(args: readonly string[]): Promise<number> {
  const signal = stopOnSignals();
  const { processIo, runCommand } = await import("./commands/run.ts");
  return runCommand(args, { io: processIo(signal), around: surroundings(), signal });
}

/** What is printed where there is no terminal. */
async function walkThrough(): Promise<number> {
  const { tutorial } = await import("./tutorial/tutorial.ts");
  for await (const line of tutorial()) process.stdout.write(`${line}\n`);
  return 0;
}

async function main(): Promise<number> {
  const command = readArguments(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "commands":
      return runCommandLine(command.args);
    case "version":
      process.stdout.write(`${packageJson.version}\n`);
      return 0;
    case "wrong":
      process.stderr.write(`mesibo-groups: ${command.message}\n`);
      return 2;
    case "open":
      if (command.screenReader || (process.stdout.isTTY && process.stdin.isTTY)) return openTerminal(command);
      return walkThrough();
  }
}

process.exitCode = await main();
