import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type ClientOptions } from "@mesibo-groups/core";
import { createMock, demoSeed, type Mock, type Seed } from "@mesibo-groups/mock-server";
import { onTestFinished } from "vitest";
import { converse } from "../../src/dialogue/open.ts";
import { createTalk } from "../../src/dialogue/talk.ts";
import type { Keymap } from "../../src/keys/keymap.ts";
import { createProgram, type Program } from "../../src/program.ts";
import type { Profiles } from "../../src/session.ts";
import type { Connection } from "../../src/state/model.ts";
import { controlOf } from "../support/control.ts";
import { CANARY } from "../support/app.ts";

/** 13:05:22 in UTC. */
const NOW = Date.UTC(2026, 10, 23, 13, 5, 22);

/** How a conversation is begun. */
export interface TalkOptions {
  readonly seed?: Seed | undefined;
  readonly client?: Partial<ClientOptions> | undefined;
  readonly connection?: Partial<Connection> | undefined;
  readonly profiles?: Profiles | undefined;
  readonly keymap?: Keymap | undefined;
}

/** A conversation that has been held. */
export interface Held {
  /** What was said, with the answers behind a `>`; files are in DIRECTORY. */
  readonly text: string;
  readonly lines: readonly string[];
  readonly mock: Mock;
  readonly program: Program;
}

/** Holds a conversation on the demo team. */
export async function hold(answers: readonly string[], options: TalkOptions = {}): Promise<Held> {
  const mock = createMock({ seed: options.seed ?? demoSeed, tokens: [CANARY] });
  const lines: string[] = [];
  const directory = await mkdtemp(join(tmpdir(), "talk-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  let program: Program | undefined;
  const client = createClient({
    token: CANARY,
    url: mock.url,
    fetch: mock.fetch,
    onCall: (record) =>
      program?.dispatch({ kind: "called", record: { ...record, startedAt: NOW, durationMs: 2 } }),
    ...options.client,
  });
  const defects: unknown[] = [];
  program = createProgram({
    client,
    control: controlOf(mock),
    connection: { name: "embedded mock", canCreateUsers: true, ...options.connection },
    profiles: options.profiles,
    keymap: options.keymap,
    size: { columns: 80, rows: 24 },
    now: () => NOW,
    directory,
    onDefect: (error) => defects.push(error),
  });
  // Whether a task takes long enough to be announced is this machine's affair.
  const isAnnounced = (line: string): boolean => /^(?:Working: |Progress \d)/.test(line);
  const say = (line: string): void => void (isAnnounced(line) || lines.push(line));
  const talk = createTalk({ program, say });
  async function* said(): AsyncGenerator<string> {
    for (const answer of answers) {
      lines.push(`> ${answer}`);
      yield answer;
    }
  }
  await converse({ program, talk }, { isTerminal: false, lines: said() });
  if (defects.length > 0) throw defects[0];
  return { text: `${lines.join("\n").replaceAll(directory, "DIRECTORY")}\n`, lines, mock, program };
}
