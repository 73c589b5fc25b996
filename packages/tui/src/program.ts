import type { Client } from "@mesibo-groups/core";
import { noDesk, type Desk } from "./desk/desk.ts";
import { perform, taskName } from "./perform.ts";
import { MAX_MEMBERS } from "./limits.ts";
import { ProfileError } from "./profile/errors.ts";
import { isProfileEffect, type Effect, type ProfileEffect, type ServerEffect } from "./state/effects.ts";
import type { Profiles, Session } from "./session.ts";
import type { Connection, Size, State } from "./state/model.ts";
import type { Step } from "./state/step.ts";
import { createStops } from "./stops.ts";
import { start, update, type Event } from "./state/update.ts";

/** What takes no longer than this, in milliseconds, is not announced: a line that only flashes tells nothing. */
const QUICK_MS = 150;

/** How a program is made. */
export interface ProgramOptions {
  /** The profiles of this machine, where there are any to choose from. */
  readonly profiles?: Profiles | undefined;
  readonly client: Client;
  readonly connection: Connection;
  readonly size: Size;
  /** Members that the server lists at most. Default: as many as mesibo lists. */
  readonly maxMembers?: number | undefined;
  /** Remembers that the notice of the connection was answered. */
  readonly acknowledge?: (() => Promise<void>) | undefined;
  /** Unix milliseconds. Default: the system's clock. */
  readonly now?: (() => number) | undefined;
  /** Where files are read and written. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Clipboard and files. Default: none. */
  readonly desk?: Desk | undefined;
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
  connection,
  size,
  maxMembers: firstMax = MAX_MEMBERS,
  acknowledge: firstAcknowledge = () => Promise.resolve(),
  now = Date.now,
  directory = process.cwd(),
  desk = noDesk,
  onDefect,
}: ProgramOptions): Program {
  const listeners = new Set<() => void>();
  const tasks = new Set<Promise<void>>();
  const stops = createStops();
  const first = start({ size, connection });
  let state = first.state;
  let lastTask = 0;
  let server: Pick<Session, "client" | "maxMembers" | "acknowledge"> = {
    client: firstClient,
    maxMembers: firstMax,
    acknowledge: firstAcknowledge,
  };

  function take({ state: next, effects }: Step): void {
    const changed = next !== state;
    state = next;
    for (const effect of effects) begin(effect);
    if (changed) for (const listener of listeners) listener();
  }

  function dispatch(event: Event): void {
    take(update(state, event));
  }

  async function connect(name: string): Promise<void> {
    const session = await profiles?.open(name);
    if (session === undefined) return;
    server = session;
    session.listen((record) => {
      if (server === session) dispatch({ kind: "called", record });
    });
    dispatch({ kind: "connected", connection: session.connection });
  }

  async function manage(effect: ProfileEffect): Promise<void> {
    try {
      if (effect.kind === "acknowledge_notice") await server.acknowledge();
      else if (effect.kind === "connect") await connect(effect.profile);
      else dispatch({ kind: "profiles_listed", profiles: (await profiles?.list()) ?? [] });
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      dispatch({ kind: "profile_failed", text: error.message });
    }
  }

  function begin(effect: Effect): void {
    if (!isProfileEffect(effect)) {
      ask(effect);
      return;
    }
    const task = manage(effect)
      .catch(onDefect)
      .finally(() => tasks.delete(task));
    tasks.add(task);
  }

  function ask(effect: ServerEffect): void {
    // An answer of a server that was left is about nothing that is shown.
    const asked = server;
    const { client, maxMembers } = asked;
    const answer = (event: Event): void => {
      if (server === asked) dispatch(event);
    };
    lastTask += 1;
    const id = lastTask;
    let text = taskName(effect);
    const late = setTimeout(() => answer({ kind: "started", id, text, effect }), QUICK_MS);
    const task = perform(effect, {
      client,
      maxMembers,
      now,
      desk,
      answer,
      progress: (words) => {
        text = words;
        answer({ kind: "progressed", id, text });
      },
      stops,
      directory,
    })
      .catch(onDefect)
      .finally(() => {
        clearTimeout(late);
        tasks.delete(task);
        dispatch({ kind: "ended", id });
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
