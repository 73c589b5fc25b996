/** On before any program has said otherwise: lines wrap, and the cursor is shown. */
const usual = ["7", "25"];

/** The private modes of a terminal that are on after all of this was written to it, such as `1049`. */
export function modesOf(raw: string): readonly string[] {
  const on = new Set(usual);
  // oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
  for (const [, modes = "", to] of raw.matchAll(/\u001b\[\?([\d;]+)([hl])/g)) {
    for (const mode of modes.split(";")) {
      if (to === "h") on.add(mode);
      else on.delete(mode);
    }
  }
  return [...on].toSorted();
}
