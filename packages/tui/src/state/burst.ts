import type { KeyPress } from "../keys/press.ts";
import type { Effect } from "./effects.ts";
import type { State } from "./model.ts";
import { noticed, step, type Step } from "./step.ts";

// What came in one piece may have been pasted in a terminal that does not mark pastes, and somebody else may have
// written it. So it types, moves, opens and asks; it never changes anything, writes a file, copies, connects,
// leaves the terminal or quits. Whoever is fast, or scripts a terminal, may type a text with enter behind it; what
// does more than that is told, and done when its key is pressed alone.
const harmless: ReadonlySet<Effect["kind"]> = new Set([
  "list_groups",
  "list_members",
  "stop_reading",
  "stop_bulk",
  "read_file",
  "read_mock",
  "write_request",
  "compare_world",
  "list_profiles",
  "list_operations",
] satisfies Effect["kind"][]);

const isHarmless = ({ state, effects }: Step): boolean =>
  !state.quit && effects.every(({ kind }) => harmless.has(kind));

/** What keys lead to that came in one piece: as if pressed one by one, up to the first that may do more than look. */
export function burst(
  before: State,
  keys: readonly KeyPress[],
  press: (state: State, key: KeyPress) => Step,
): Step {
  let reached = step(before);
  for (const key of keys) {
    const next = press(reached.state, key);
    if (!isHarmless(next)) {
      const words = `${key.name} came in one piece with other keys, as a paste does: press it alone.`;
      return { ...reached, state: noticed(reached.state, "info", words) };
    }
    reached = { state: next.state, effects: [...reached.effects, ...next.effects] };
  }
  return reached;
}
