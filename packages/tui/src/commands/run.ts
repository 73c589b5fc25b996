import type { Surroundings } from "../profile/surroundings.ts";
import { sanitize } from "../text/sanitize.ts";
import { TOKEN_PLACEHOLDER } from "@mesibo-groups/core";
import { KEY_PLACEHOLDER } from "../placeholder.ts";
import { CommandError, usage } from "./command-error.ts";
import type { Prepared } from "./command.ts";
import type { connect, Connection } from "./connect.ts";
import { checkChange } from "./guards.ts";
import { exits, type Exit } from "./exits.ts";
import { operationOf } from "../operation-of.ts";
import { describeFailure, type Through } from "./failure.ts";
import { commandHelp, helpDocument, nounHelp, programHelp } from "./help.ts";
import type { Io } from "./io.ts";

import { documentLine, jsonLine } from "./print.ts";
import { masked } from "./redact.ts";
import type { Report } from "./report.ts";
import { findCommand } from "./find.ts";

/** What a command line is run with. */
export interface Running {
  readonly io: Io;
  readonly around: Surroundings;
  /** Aborted with the name of a signal when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Default: by options, environment and files. */
  readonly connect?: typeof connect;
}

/** What a command line is run with, how a secret is kept out of what it prints, and who was asked. */
interface Masking extends Running {
  readonly asked: { through: Through };
  readonly hide: (secret: string, placeholder: string) => void;
}

const isSet = (argv: readonly string[], option: string): boolean => {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes(option);
};

function printReport({ data, rows, text }: Report, { json, ndjson }: Prepared, io: Io): void {
  if (ndjson && rows !== undefined) for (const row of rows) io.out(jsonLine(row));
  else if (json || ndjson) {
    if (data !== undefined) io.out(documentLine(data));
  } else if (text.length > 0) io.out(`${text.map(sanitize).join("\n")}\n`);
}

interface Telling {
  readonly io: Io;
  readonly asJson: boolean;
  readonly through: Through;
  /** Default: what the error stands for. */
  readonly exit?: Exit | undefined;
}

function printFailure(error: unknown, { io, asJson, through, exit: given }: Telling): Exit {
  const { exit: own, document: facts } = describeFailure(error, through);
  const exit = given ?? own;
  const document = { ...facts, exit: exits[exit].code };
  io.err(asJson ? documentLine({ error: document }) : `mesibo-groups: ${sanitize(document.message)}\n`);
  return exit;
}

const endings = new Map<unknown, Exit>([
  ["SIGINT", "interrupted"],
  ["SIGTERM", "terminated"],
]);

async function dispatch(
  argv: readonly string[],
  { io, around, signal, hide, asked, ...given }: Masking,
): Promise<Exit> {
  const asJson = isSet(argv, "--json") || isSet(argv, "--ndjson");
  const found = await findCommand(argv);
  if (found.kind !== "command") {
    if (found.kind === "wrong") throw found.error;
    io.out(
      asJson
        ? documentLine(await helpDocument(found.noun))
        : found.noun === ""
          ? programHelp()
          : nounHelp(found.noun),
    );
    return "done";
  }
  const prepared = found.command.prepare(found.argv);
  if (prepared.help) {
    io.out(asJson ? documentLine(await helpDocument(found.command.name)) : commandHelp(found.command));
    return "done";
  }
  if (prepared.json && prepared.ndjson)
    throw usage("--json and --ndjson are two forms of one output. Give one of them.");
  const say = (line: string): void => {
    if (!asJson) io.err(`${sanitize(line)}\n`);
  };
  const { changes } = found.command;
  let connection: Promise<Connection> | undefined;
  async function open(): Promise<Connection> {
    const { profile, tokenStdin, timeoutMs } = prepared;
    // Profiles and the client are much to load for a command that asks no server.
    const open = given.connect ?? (await import("./connect.ts")).connect;
    const opened = await open(around, {
      profile,
      tokenStdin,
      timeoutMs,
      onSecret: (secret, kind) =>
        hide(secret.reveal(), kind === "gateway" ? KEY_PLACEHOLDER : TOKEN_PLACEHOLDER),
    });
    asked.through = opened.kind === "gateway" ? "gateway" : "mesibo";
    // A script that reads JSON on stderr is told too: it is the one that calls mesibo.
    for (const notice of opened.notices ?? []) {
      io.err(asJson ? documentLine({ notice }) : `${sanitize(notice)}\n`);
    }
    if (changes) checkChange(opened, prepared);
    if (opened.kind === "embedded" && changes)
      say(
        "On the mock inside this command: nothing is kept. Set MESIBO_APP_TOKEN for mesibo, MESIBO_URL for another server, GATEWAY_URL and GATEWAY_API_KEY for a gateway.",
      );
    return opened;
  }
  const report = await prepared.run({
    connection: () => (connection ??= open()),
    say,
    read: async (path) => {
      if (path === "-" && prepared.tokenStdin)
        throw usage(
          "--token-stdin reads the app token from stdin, so nothing else can be read from there. Give a file.",
        );
      return io.read(path);
    },
    write: io.write,
    emit: io.out,
    hide,
    around,
    signal,
  });
  printReport(report, prepared, io);
  if (report.error !== undefined)
    return printFailure(report.error, { io, asJson, through: asked.through, exit: report.exit });
  return report.exit ?? "done";
}

/** Runs one command line; resolves with the exit code. Rejects only for a mistake of ours. */
export async function runCommand(argv: readonly string[], given: Running): Promise<number> {
  const { signal } = given;
  const { env } = given.around;
  const { io, hide } = masked(given.io);
  hide(env["MESIBO_APP_TOKEN"] ?? "", TOKEN_PLACEHOLDER);
  hide(env["GATEWAY_API_KEY"] ?? "", KEY_PLACEHOLDER);
  const asked: Masking["asked"] = { through: undefined };
  const running = { ...given, io, hide, asked };
  const asJson = isSet(argv, "--json") || isSet(argv, "--ndjson");
  const ending = (): Exit | undefined => (signal.aborted ? endings.get(signal.reason) : undefined);
  try {
    const exit = await dispatch(argv, running);
    return exits[ending() ?? exit].code;
  } catch (error) {
    const stopped = ending() !== undefined && error instanceof Error && error.name === "AbortError";
    const told = stopped ? new CommandError("not_sent", "Stopped before anything was sent.") : error;
    const operation = operationOf(told);
    // On stdout, as data: whoever must look later needs it.
    if (operation !== undefined) io.out(asJson ? documentLine({ operation }) : `${sanitize(operation)}\n`);
    return exits[printFailure(told, { io, asJson, through: asked.through, exit: ending() })].code;
  }
}

export { processIo } from "./io.ts";
