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
  readonly apiKey?: string;
}
const isStarted = (value: unknown): value is Started =>
  typeof value === "object" && value !== null && "url" in value && typeof value.url === "string";

/** Starts an installed server, asks it something, and ends it. */
async function asked(
  { file }: Runtime,
  {
    folder,
    bin,
    ask,
  }: { readonly folder: string; readonly bin: string; readonly ask: (started: Started) => Promise<unknown> },
): Promise<unknown> {
  const env = { NODE_ENV: "development" };
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

const gateway = async (runtime: Runtime, folder: string): Promise<Verdict> =>
  equal(
    await asked(runtime, {
      folder,
      bin: "mesibo-gateway",
      ask: async ({ url, apiKey = "" }) => {
        const answer = await fetch(new URL("/v1/groups?limit=1", url), {
          headers: { authorization: `Bearer ${apiKey}` },
        });
        return answer.status;
      },
    }),
    200,
  );

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
  ...from("Node 24", "Node 26").map((runtime) => ({
    name: `mesibo-gateway on ${runtime.name}`,
    run: () => gateway(runtime, folder),
  })),
];
