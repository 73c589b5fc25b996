import { archived } from "./call/archive.ts";
import type { Desk } from "./desk/desk.ts";
import type { DeskAnswer, DeskEffect } from "./state/effects.ts";
import { plural } from "./text/words.ts";

/** Copies, saves or hands over what the screen shows, and tells what came of it. */
export async function performAtDesk(
  effect: DeskEffect,
  { desk, now }: { readonly desk: Desk; readonly now: () => number },
): Promise<DeskAnswer> {
  if (effect.kind === "copy") {
    const { what, text } = effect;
    const way = await desk.copy(text);
    return way === undefined ? { kind: "not_copied", what, text } : { kind: "copied", what, way };
  }
  if (effect.kind === "hand_over") {
    const handed = await (effect.to === "pager" ? desk.page(effect) : desk.edit(effect));
    return handed.ok ? { kind: "handed_over" } : { kind: "not_handed_over", reason: handed.reason };
  }
  const stamp = new Date(now()).toISOString().slice(0, 19).replaceAll(/[:T]/g, "-");
  const { name, ending, what, text } =
    effect.kind === "save_list"
      ? { ...effect, ending: effect.format }
      : {
          name: "mesibo-calls",
          ending: effect.as,
          what: plural(effect.calls.length, "call"),
          text: archived(effect.calls, effect.as),
        };
  const saved = await desk.save(`${name}-${stamp}.${ending}`, text);
  return saved.ok
    ? { kind: "exported", path: saved.path, what }
    : { kind: "not_exported", reason: saved.reason };
}
