import { createClient, type CallRecord, type ClientOptions } from "@mesibo-groups/core";
import { createMock, demoSeed, type Mock, type Seed } from "@mesibo-groups/mock-server";
import { expect, vi } from "vitest";
import type { Control } from "../../src/control/control.ts";
import type { GatewayPlace } from "../../src/gateway/ask.ts";
import { createOperations } from "../../src/gateway/operations.ts";
import type { Desk } from "../../src/desk/desk.ts";
import { createKeptChanges } from "../../src/kept/changes.ts";
import { keepingClient } from "../../src/kept/client.ts";
import { keptOperations } from "../../src/kept/operations.ts";
import { createStore } from "../../src/kept/store.ts";
import type { Keymap } from "../../src/keys/keymap.ts";
import { plainLook, type Look } from "../../src/state/look.ts";
import { typed } from "../../src/keys/press.ts";
import type { Connection } from "../../src/state/model.ts";
import { mount } from "../../src/mount.tsx";
import { createProgram, type Program } from "../../src/program.ts";
import type { Profiles } from "../../src/session.ts";
import { controlOf } from "./control.ts";
import { openScreen, type Screen } from "./screen.ts";

/** Looks like an app token; no frame may ever hold it. */
export const CANARY = "canary-5f1c0ffee-token";

/** Whose changes are kept, where they are. */
const OWNER = { name: "local", url: "http://mesibo.mock/backend/" };

/** 13:05:22 in UTC. */
const NOW = Date.UTC(2026, 10, 23, 13, 5, 22);

/** How a test opens the application. */
export interface OpenOptions {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly ascii?: boolean | undefined;
  readonly look?: Partial<Look> | undefined;
  readonly keymap?: Keymap | undefined;
  readonly seed?: Seed | undefined;
  readonly connection?: Partial<Connection> | undefined;
  readonly profiles?: Profiles | undefined;
  readonly client?: Partial<ClientOptions> | undefined;
  /** Where files are read and written. */
  readonly directory?: string | undefined;
  readonly desk?: Desk | undefined;
  /** Default: that of the mock. */
  readonly control?: Control | undefined;
  /** The folder where changes of unknown outcome are kept, as for a mock over HTTP. Default: nowhere. */
  readonly kept?: string | undefined;
  /** Asked in the place of the mock. */
  readonly gateway?: GatewayPlace | undefined;
}

/** The application on a mock, drawn on a terminal in memory. */
export interface TestApp {
  readonly screen: Screen;
  readonly mock: Mock;
  readonly program: Program;
  /** Presses named keys, then waits until nothing is going on. */
  readonly press: (...names: readonly string[]) => Promise<void>;
  /** Types a text, one key a character, then waits. */
  readonly type: (text: string) => Promise<void>;
  /** Waits until nothing is going on and everything is drawn. */
  readonly settle: () => Promise<void>;
  /** Waits until the screen shows a text. For input that comes through the terminal. */
  readonly shows: (text: string) => Promise<void>;
  readonly exited: Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Opens the application on the demo team and waits for its first full frame. */
export async function openApp(options: OpenOptions = {}): Promise<TestApp> {
  const { columns = 80, rows = 24, ascii = false, seed = demoSeed } = options;
  const screen = openScreen(columns, rows);
  const mock = createMock({ seed, tokens: [CANARY] });
  let program: Program | undefined;
  const onCall = (record: CallRecord): void => program?.dispatch({ kind: "called", record });
  const { gateway, kept } = options;
  const plain =
    gateway === undefined
      ? createClient({ token: CANARY, url: mock.url, fetch: mock.fetch, onCall, ...options.client })
      : createClient({ gateway, onCall });
  const keeping = kept === undefined ? undefined : { store: createStore(kept), owner: OWNER };
  const client = keeping === undefined ? plain : keepingClient(plain, keeping);
  const here = keeping && keptOperations(createKeptChanges(keeping, plain));
  const defects: unknown[] = [];
  program = createProgram({
    client,
    control: options.control ?? controlOf(mock),
    operations: gateway === undefined ? here : createOperations(gateway),
    connection: {
      name: "embedded mock",
      canCreateUsers: true,
      ...(kept === undefined ? {} : { name: OWNER.name, kind: "mock", url: OWNER.url }),
      ...options.connection,
    },
    profiles: options.profiles,
    size: { columns, rows },
    keymap: options.keymap,
    look: { ...plainLook, ascii, ...options.look },
    now: () => NOW,
    directory: options.directory,
    desk: options.desk,
    onDefect: (error) => defects.push(error),
  });
  const { dispatch, idle } = program;
  const app = mount({
    program,
    stdin: screen.stdin,
    stdout: screen.stdout,
  });
  const exited = app.waitUntilExit();

  async function settle(): Promise<void> {
    await idle();
    await app.waitUntilRenderFlush();
    await screen.settled();
    expect(defects).toEqual([]);
  }
  await settle();

  return {
    screen,
    mock,
    program,
    settle,
    exited,
    press: async (...names) => {
      for (const name of names) {
        dispatch({ kind: "key", key: typed(name).length === 1 ? (typed(name)[0] ?? { name }) : { name } });
        await idle();
      }
      await settle();
    },
    type: async (text) => {
      for (const key of typed(text)) dispatch({ kind: "key", key });
      await settle();
    },
    // A guard against hanging: two cores may be shared with three other suites.
    shows: (text) => vi.waitFor(() => expect(screen.text()).toContain(text), { timeout: 20_000 }),
    close: async () => {
      app.unmount();
      await exited;
      await screen.settled();
    },
  };
}
