import { ProfileError } from "./profile/errors.ts";
import type { TestStep } from "./profile/test-profile.ts";
import type { Profiles, Session } from "./session.ts";
import type { ProfileEffect } from "./state/effects.ts";
import type { Event } from "./state/update.ts";

/** The server that is asked. */
export type Server = Pick<Session, "client" | "control" | "operations" | "maxMembers" | "acknowledge">;

/** What effects about profiles are performed with. */
export interface ProfilePerformance {
  readonly profiles: Profiles | undefined;
  readonly server: () => Server;
  /** Asks another server from now on. */
  readonly change: (server: Server) => void;
  readonly dispatch: (event: Event) => void;
}

type Connect = Extract<ProfileEffect, { kind: "connect" }>;

/** Makes what performs effects about profiles. What it answers rejects only for a mistake of ours. */
export function createProfilePerformer({
  profiles,
  server,
  change,
  dispatch,
}: ProfilePerformance): (effect: ProfileEffect) => Promise<void> {
  /** Opened, and waiting for the answer to its notice. */
  let held: Session | undefined;

  function tellUnsaved(reason: string | undefined): void {
    if (reason !== undefined) dispatch({ kind: "profile_failed", text: reason });
  }

  async function sessionOf(profile: string): Promise<Session | undefined> {
    // What was opened for its notice is not opened again: that could run a token command twice.
    const session = held?.connection.profile === profile ? held : await profiles?.open(profile);
    held = undefined;
    return session;
  }

  async function connect({ profile, acknowledged }: Connect): Promise<void> {
    const session = await sessionOf(profile);
    if (session === undefined) return;
    const { notice } = session.connection;
    if (notice !== undefined && !acknowledged) {
      held = session;
      dispatch({ kind: "notice_wanted", profile, text: notice });
      return;
    }
    const unsaved = notice === undefined ? undefined : await session.acknowledge();
    if (notice === undefined) await session.markUsed();
    change(session);
    session.listen((record) => {
      if (server() === session) dispatch({ kind: "called", record });
    });
    dispatch({ kind: "connected", connection: { ...session.connection, notice: undefined } });
    tellUnsaved(unsaved);
  }

  async function perform(effect: ProfileEffect): Promise<void> {
    switch (effect.kind) {
      case "acknowledge_notice":
        tellUnsaved(await server().acknowledge());
        return;
      case "connect":
        await connect(effect);
        return;
      case "list_profiles":
        dispatch({ kind: "profiles_listed", profiles: (await profiles?.list()) ?? [] });
        return;
      case "change_profiles":
        await profiles?.change(effect.change);
        dispatch({ kind: "profiles_changed", change: effect.change });
        return;
      case "test_profile": {
        const { profile } = effect;
        const onStep = (step: TestStep): void => dispatch({ kind: "profile_tested", profile, step });
        const works = (await profiles?.test(effect, onStep)) ?? false;
        dispatch({ kind: "profile_tested", profile, step: works ? "good" : "bad" });
      }
    }
  }

  return async (effect) => {
    try {
      await perform(effect);
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      dispatch({ kind: "profile_failed", text: error.message });
    }
  };
}
