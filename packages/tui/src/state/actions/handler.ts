import type { State } from "../model.ts";
import type { Step } from "../step.ts";

/** What an action does. Called only where the key table says that the action works. */
export type Handler = (state: State) => Step;
