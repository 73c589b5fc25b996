import { createKeyedQueue, type Client } from "@mesibo-groups/core";
import { createClocks } from "./clocks.ts";
import type { Control } from "./control/control.ts";
import type { Operations } from "./operation.ts";
import { noDesk, type Desk } from "./desk/desk.ts";
import type { Keymap } from "./keys/keymap.ts";
import { perform } from "./perform.ts";
import { createProfilePerformer, type Server } from "./perform-profiles.ts";
import { MAX_MEMBERS } from "./limits.ts";
import { isProfileEffect, isReading, type Effect, type ServerEffect } from "./state/effects.ts";
import type { Profiles, Session } from "./session.ts";
import type { Connection, Size, State } from "./state/model.ts";
import type { Look } from "./state/look.ts";
import type { Step } from "./state/step.ts";
import { createStops } from "./stops.ts";
import { taskName } from "./task-name.ts";
import { start, update, type Event } from "./state/update.ts";

/** What takes no longer than this, in milliseconds, is not announced: a line that only flashes tells nothing. */
const QUICK_MS = 150;

/** How a program is made. */
export interface ProgramOptions {
  /** The profiles of this machine, where there are any to choose from. */
  readonly profiles?: Profiles | undefined;
  readonly client: Client;
  /** Of the mock, where the server is one. */
  readonly control?: Control | undefined;
  /** What is kept of unknown outcomes, where something is. */
  readonly operations?: Operations | undefined;
  readonly connection: Connection;
  readonly size: Size;
  /** Default: the key table as it comes. */
  readonly keymap?: Keymap | undefined;
  /** Default: the terminal's own colours, and UTF-8. */
  readonly look?: Look | undefined;
  /** Members that the server lists at most. Default: as many as mesibo lists. */
  readonly maxMembers?: number | undefined;
  /** Remembers that the notice of the connection was answered. */
  readonly acknowledge?: Session["acknowledge"] | undefined;
  /** Unix milliseconds. Default: the system's clock. */
  readonly now?: (() => number) | undefined;
  /** Where files are read and written. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Clipboard and files. Default: none. */
  readonly desk?: Desk | undefined;
  /** Leaves the terminal to the shell until it is called back. Default: stays. */
  readonly suspend?: (() => Promise<void>) | undefined;
  /** Called with a mistake of ours that an effect ran into. */
  readonly onDefect: (error: unknown) => void;
}

/** The running application, without a terminal. */
export interface Program {
  readonly state: () => State;
  readonly dispatch: (event: Event) => void;
  /** Calls back after each change; the result ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Resolves when nothing is being asked of the server. */
  readonly idle: () => Promise<void>;
}

/** Makes the application around a client: it holds the state, and performs what the state asks for. */
export function createProgram({
  profiles,
  client: firstClient,
  control: firstControl,
  operations: firstOperations,
  connection,
  size,
  keymap,
  look,
  maxMembers: firstMax = MAX_MEMBERS,
  acknowledge: firstAcknowledge = () => Promise.resolve(undefined),
  now = Date.now,
  directory = process.cwd(),
  desk = noDesk,
  suspend = () => Promise.resolve(),
  onDefect,
}: ProgramOptions): Program {
  const listeners = new Set<() => void>();
  const tasks = new Set<Promise<void>>();
  const stops = createStops();
  const enter = createKeyedQueue();
  const first = start({ size, connection, keymap, look });
  let state = first.state;
  let lastTask = 0;
  /** Looks at the mock that are on their way. */
  let looks = 0;
  let server: Server = {
    client: firstClient,
    control: firstControl,
    operations: firstOperations,
    maxMembers: firstMax,
    acknowledge: firstAcknowledge,
  };
  const clocks = createClocks({ dispatch, isLooking: () => looks > 0 });
  const manage = createProfilePerformer({
    profiles,
    server: () => server,
    change: (other) => {
      server = other;
    },
    dispatch,
  });

  function take({ state: next, effects }: Step): void {
    const changed = next !== state;
    clocks.set(state, next);
    state = next;
    for (const effect of effects) begin(effect);
    if (changed) for (const listener of listeners) listener();
  }

  function dispatch(event: Event): void {
    take(update(state, event));
  }

  function begin(effect: Effect): void {
    if (effect.kind !== "suspend" && !isProfileEffect(effect)) {
      ask(effect);
      return;
    }
    const task = (effect.kind === "suspend" ? suspend() : manage(effect))
      .catch(onDefect)
      .finally(() => tasks.delete(task));
    tasks.add(task);
  }

  function ask(effect: ServerEffect): void {
    // An answer of a server that was left is about nothing that is shown.
    const asked = server;
    const { client, control, operations, maxMembers } = asked;
    const answer = (event: Event): void => {
      if (server === asked) dispatch(event);
    };
    lastTask += 1;
    const id = lastTask;
    let text = taskName(effect);
    const isLook = effect.kind === "read_mock";
    if (isLook) looks += 1;
    const isQuiet = isLook && effect.quiet;
    const late = setTimeout(() => {
      if (!isQuiet) answer({ kind: "started", id, text, effect });
    }, QUICK_MS);
    let seconds = 0;
    const second = setInterval(() => {
      seconds += 1;
      if (isReading(effect)) answer({ kind: "waited", id, seconds });
    }, 1_000);
    const task = perform(effect, {
      client,
      control,
      operations,
      maxMembers,
      now,
      desk,
      answer,
      progress: (words) => {
        text = words;
        answer({ kind: "progressed", id, text });
      },
      stops,
      enter,
      directory,
    })
      .catch(onDefect)
      .finally(() => {
        clearTimeout(late);
        clearInterval(second);
        tasks.delete(task);
        if (isLook) looks -= 1;
        if (!isQuiet) dispatch({ kind: "ended", id });
      });
    tasks.add(task);
  }

  async function idle(): Promise<void> {
    while (tasks.size > 0) await Promise.all(tasks);
  }

  for (const effect of first.effects) begin(effect);

  return {
    state: () => state,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    idle,
  };
}
