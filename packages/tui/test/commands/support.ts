import { createClient } from "@mesibo-groups/core";
import { createMock, demoSeed, type FaultRule, type Mock } from "@mesibo-groups/mock-server";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Connection } from "../../src/commands/connect.ts";
import { runCommand } from "../../src/commands/run.ts";
import type { Surroundings } from "../../src/profile/surroundings.ts";
import type { Fetch } from "../support/fetch.ts";

/** The app token of every test here. It may be in no output. */
export const CANARY = 'canary-"app"-token-9f8e7d6c';

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command line finds. */
export interface Scene {
  readonly mock?: Mock;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  /** The user's config.json; with it the home is a folder of its own, and the profile counts. */
  readonly config?: object;
  /** What the profile says besides. */
  readonly connection?: Partial<Connection>;
  /** Goes wrong in the mock. */
  readonly faults?: readonly FaultRule[];
  /** Stands between the client and the mock. */
  readonly wire?: (fetch: Fetch) => Fetch;
  /** The token that is used, where it is not the one that the mock knows. */
  readonly token?: string;
  /** Default: everything. */
  readonly maxMembers?: number;
  readonly signal?: AbortSignal;
  /** Sees data as it is printed. */
  readonly onOut?: (text: string) => void;
  readonly written?: Map<string, string>;
}

/** A home without anything in it. */
export function emptyHome(): string {
  const home = mkdtempSync(join(tmpdir(), "mesibo-home-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return home;
}

/** A home with this config.json. */
export function homeWith(config: object): string {
  const home = emptyHome();
  const folder = join(home, ".config", "mesibo-groups");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "config.json"), JSON.stringify(config), { mode: 0o600 });
  return home;
}

/** A machine with these variables and no file, whose home is nowhere. */
export const aroundOf = (env: NodeJS.ProcessEnv, home = "/nowhere"): Surroundings => ({
  env,
  cwd: home,
  home,
  readStdin: async () => "",
});

/** The demo team at a time that stands still. */
export const demoMock = (): Mock =>
  createMock({ seed: demoSeed, tokens: [CANARY], now: () => 1_700_000_000 });

/** Runs a command line in this process with the real way to a server, with everything captured. */
export async function runIn(
  around: Surroundings,
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  let out = "";
  let err = "";
  const code = await runCommand(argv, {
    io: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      read: async (path) => files[path] ?? "",
      write: async () => undefined,
    },
    around,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

/** Runs a command line in this process, on a mock, with everything captured. */
export async function runOn(argv: readonly string[], scene: Scene = {}): Promise<Ended> {
  const {
    mock = demoMock(),
    files = {},
    faults = [],
    wire = (fetch) => fetch,
    token = CANARY,
    written = new Map(),
  } = scene;
  mock.world(CANARY).faults.set({ seed: 1, rules: faults });
  let out = "";
  let err = "";
  const home = scene.config === undefined ? "/nowhere" : homeWith(scene.config);
  const code = await runCommand(argv, {
    io: {
      out: (text) => {
        out += text;
        scene.onOut?.(text);
      },
      err: (text) => (err += text),
      read: async (path) => files[path] ?? "",
      write: async (path, text) => {
        written.set(path, text);
      },
    },
    around: aroundOf({ MESIBO_APP_TOKEN: CANARY, ...scene.environment }, home),
    signal: scene.signal ?? new AbortController().signal,
    connect: async (_, flags) => ({
      kind: "http",
      profile: "environment",
      name: mock.url,
      ...scene.connection,
      maxMembers: scene.maxMembers ?? 20_000,
      client: createClient({
        token,
        url: mock.url,
        fetch: wire(mock.fetch),
        timeoutMs: flags?.timeoutMs,
        deadlineMs: flags?.timeoutMs,
        retries: 0,
      }),
    }),
  });
  for (const text of [out, err, ...written.values()])
    for (const secret of [CANARY, JSON.stringify(CANARY).slice(1, -1)]) expect(text).not.toContain(secret);
  const shown = (text: string): string => text.replaceAll(home, "<home>");
  return { code, out: shown(out), err: shown(err) };
}

/** A run as a golden file shows it. */
export const transcript = (argv: readonly string[], { code, out, err }: Ended): string =>
  [`$ mesibo-groups ${argv.join(" ")}`, "--- stdout", out, "--- stderr", err, `--- exit ${code}`, ""]
    .join("\n")
    .replaceAll("\n\n--- ", "\n--- ");
