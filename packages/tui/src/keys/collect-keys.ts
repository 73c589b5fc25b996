import type { KeyPress } from "./press.ts";

/** Keys from the terminal: one by itself, or several that came in one piece. */
export type KeyEvent =
  | { readonly kind: "key"; readonly key: KeyPress }
  | { readonly kind: "burst"; readonly keys: readonly KeyPress[] };

/** Nobody types so many keys in one piece: what follows within some milliseconds is the rest of a paste. */
const LONG = 256;
const REST_MS = 100;

/** What the terminal's keys go into. */
export interface KeyCollector {
  readonly press: (keys: readonly KeyPress[]) => void;
  /** Tells at once what came so far. */
  readonly flush: () => void;
}

/**
 * Tells a key that came by itself from keys that came in one piece. A terminal library calls back for each part
 * of what it read, all in one turn, so the end of the turn is the end of the piece.
 */
export function collectKeys(
  tell: (event: KeyEvent) => void,
  now: () => number = () => performance.now(),
): KeyCollector {
  let piece: readonly KeyPress[] = [];
  let restUntil = Number.NEGATIVE_INFINITY;

  function flush(): void {
    const keys = piece;
    piece = [];
    const [key] = keys;
    if (key === undefined) return;
    const isRest = now() < restUntil;
    if (isRest || keys.length >= LONG) restUntil = now() + REST_MS;
    tell(keys.length === 1 && !isRest ? { kind: "key", key } : { kind: "burst", keys });
  }

  return {
    press: (keys) => {
      if (piece.length === 0) queueMicrotask(flush);
      piece = [...piece, ...keys];
    },
    flush,
  };
}
