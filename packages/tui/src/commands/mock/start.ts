import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { command, type Context } from "../command.ts";
import { CommandError, usage } from "../command-error.ts";
import type { Options, Values } from "../options.ts";
import { documentLine } from "../print.ts";

const options = {
  port: { type: "string", value: "n", about: "port to listen on; 0 is any free one (default 4010)" },
  host: { type: "string", value: "host", about: "address to listen on (default 127.0.0.1)" },
  token: { type: "string", multiple: true, value: "token", about: "an app token to accept; repeatable" },
  seed: { type: "string", value: "seed", about: "demo, or a JSON file, for new worlds (default: empty)" },
  data: { type: "string", value: "file", about: "keep worlds in a file" },
  fsync: { type: "boolean", about: "with --data: survive power cuts too" },
  journal: { type: "string", value: "n", about: "requests that each world remembers (default 10000)" },
} as const satisfies Options;

/** The server's own command line. */
function serverArgs(values: Values<typeof options>, json: boolean): readonly string[] {
  const { port, host, token = [], seed, data, fsync, journal } = values;
  const given = Object.entries({ port, host, seed, data, journal }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  const switches = [...(fsync === true ? ["--fsync"] : []), ...(json ? ["--json"] : [])];
  return [...given, ...token.map((value) => `--token=${value}`), ...switches];
}

/** The server's line as a document of this program. */
function told(line: string, { emit }: Pick<Context, "emit">, json: boolean): void {
  emit(json ? documentLine(Object(JSON.parse(line))) : line);
}

/** Serves a mock until it is stopped: the program of `@mesibo-groups/mock-server`, in a process of its own. */
export const mockStart = command({
  options,
  run: async (invocation) => {
    const { values, signal } = invocation;
    const json = invocation.json || invocation.ndjson;
    const program = fileURLToPath(
      new URL("dist/cli.js", import.meta.resolve("@mesibo-groups/mock-server/package.json")),
    );
    const child = spawn(process.execPath, [program, ...serverArgs(values, json)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.once("data", (line: Buffer) => told(line.toString(), invocation, json));
    const stop = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", stop, { once: true });
    const code = await new Promise<number>((resolve) => {
      child.on("error", () => resolve(1));
      child.on("close", (ended) => resolve(ended ?? 1));
    });
    // The server has said on stderr what is wrong.
    if (code === 2) throw usage("The mock was not started, see above.");
    if (code !== 0)
      throw new CommandError("not_sent", "The mock could not be started or has ended, see above.");
    return { data: undefined, text: [] };
  },
});
