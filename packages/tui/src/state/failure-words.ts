import type { Failure } from "./events.ts";
import { askAgain } from "./key-here.ts";
import type { State } from "./model.ts";

/** A failure in words, with the key that asks again where that is the next step. */
export const failureWords = (state: State, { text, again }: Failure): string =>
  again === true ? `${text} ${askAgain(state)}` : text;
