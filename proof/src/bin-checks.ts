import { join } from "node:path";
import { equal, parsed, type Check, type Verdict } from "./check.ts";
import { run } from "./run.ts";
import { runtimes, type Runtime } from "./runtimes.ts";
import { serve } from "./serve.ts";

const from = (...names: readonly string[]): readonly Runtime[] =>
  runtimes.filter(({ name }) => names.includes(name));

const linked = (folder: string, bin: string): string => join(folder, "node_modules", ".bin", bin);

interface Started {
  readonly url: string;
}
const isStarted = (value: unknown): value is Started =>
  typeof value === "object" && value !== null && "url" in value && typeof value.url === "string";

/** A server that was installed, and what to ask of it. */
interface Asking {
  readonly folder: string;
  readonly bin: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly ask: (started: Started) => Promise<unknown>;
}

/** Starts an installed server, asks it something, and ends it. */
async function asked({ file }: Runtime, { folder, bin, env, ask }: Asking): Promise<unknown> {
  const server = await serve({
    file,
    args: [linked(folder, bin), "--port", "0", "--json"],
    cwd: folder,
    env,
  });
  try {
    const started = parsed(server.line);
    return isStarted(started) ? await ask(started) : server.line;
  } finally {
    await server.stop();
  }
}

const mock = async (runtime: Runtime, folder: string): Promise<Verdict> =>
  equal(
    await asked(runtime, {
      folder,
      bin: "mesibo-mock",
      ask: async ({ url }) => (await fetch(`${url}?op=groupadd&token=t&name=News`)).json(),
    }),
    { group: { gid: 102529 }, op: "groupadd", result: true },
  );

const TOKEN = "app-token";
const KEY = "0123456789abcdef0123456789abcdef";

/** A gateway with an app token and a store in a file, over the mock. */
const gateway = async (runtime: Runtime, folder: string): Promise<Verdict> =>
  equal(
    await asked(runtime, {
      folder,
      bin: "mesibo-mock",
      ask: (mock) =>
        asked(runtime, {
          folder,
          bin: "mesibo-gateway",
          env: {
            MESIBO_APP_TOKEN: TOKEN,
            MESIBO_URL: mock.url,
            GATEWAY_API_KEY: KEY,
            DATABASE_URL: `file:${join(folder, `${runtime.name}.db`)}`,
          },
          ask: async ({ url }) => {
            const headers = {
              authorization: `Bearer ${KEY}`,
              "content-type": "application/json",
              "idempotency-key": "proof",
            };
            const body = JSON.stringify({ name: "News" });
            return (await fetch(new URL("/v1/groups", url), { method: "POST", headers, body })).status;
          },
        }),
    }),
    201,
  );

const old = async ({ file, name }: Runtime, folder: string, bin: string): Promise<Verdict> => {
  const { ok, said } = await run({ file, args: [linked(folder, bin), "--version"], cwd: folder });
  return !ok && new RegExp(`^${bin} needs Node [\\d.]+ or later, and this is \\d`).test(said)
    ? undefined
    : { wrong: `on ${name}: ${said}` };
};

const tui = async ({ file }: Runtime, folder: string): Promise<Verdict> => {
  const args = [linked(folder, "mesibo-groups"), "flags", "parse", "0x91", "--json"];
  const { ok, said } = await run({ file, args, cwd: folder });
  return ok ? undefined : { wrong: said };
};

/** That the three bins start where they were installed, on each Node that they are for. */
export const binChecks = (folder: string): readonly Check[] => [
  ...from("Node 22", "Node 24", "Node 26").flatMap((runtime) => [
    { name: `mesibo-mock on ${runtime.name}`, run: () => mock(runtime, folder) },
    { name: `mesibo-groups on ${runtime.name}`, run: () => tui(runtime, folder) },
  ]),
  ...from("Node 20").flatMap((runtime) =>
    ["mesibo-mock", "mesibo-groups", "mesibo-gateway"].map((bin) => ({
      name: `${bin} on ${runtime.name} says which Node it needs`,
      run: () => old(runtime, folder, bin),
    })),
  ),
  ...from("Node 24", "Node 26").map((runtime) => ({
    name: `mesibo-gateway on ${runtime.name}`,
    run: () => gateway(runtime, folder),
  })),
];
