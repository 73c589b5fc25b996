import { profileInFocus } from "../actions/profiles.ts";
import { askAgain, keyHere } from "../key-here.ts";
import type { State } from "../model.ts";

const notRead = (state: State): string => `The profiles have not been read; ${askAgain(state)}`;

/** Why there is no profile to do something with. */
export function rowFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind === "profiles" && screen.profiles === undefined) return notRead(state);
  return profileInFocus(state) === undefined
    ? `There is no profile yet; ${keyHere(state, "new_profile")} makes one.`
    : undefined;
}

/** Why the profile in focus cannot be changed. */
export const storedFault = (state: State): string | undefined =>
  rowFault(state) ??
  (profileInFocus(state)?.stored === undefined
    ? "The mock inside is in no file: there is nothing to change."
    : undefined);

/** Why it is no time to connect elsewhere. */
export function connectFault(state: State): string | undefined {
  const { jobs, screen } = state;
  if (screen.kind === "profiles" && screen.profiles === undefined) return notRead(state);
  return jobs.some(({ outcome }) => outcome === "running")
    ? "A change is on the way; wait for its answer before you connect elsewhere."
    : undefined;
}
