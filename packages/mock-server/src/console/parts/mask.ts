import { createContext } from "hono/jsx";

/** Removes the tokens of worlds from a text: somebody may have given one to a group as its name. */
export const Mask = createContext((text: string): string => text);
