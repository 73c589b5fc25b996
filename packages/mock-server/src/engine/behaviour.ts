import type { Sourced } from "@mesibo-groups/core";
import type { World } from "./world.ts";

/** Something that the mock does, with what it rests on. Every one is a row of the fidelity table. */
export interface Behaviour extends Sourced {
  readonly id: string;
  readonly sentence: string;
}

/** Notes that an answer rests on a behaviour which no source confirms. */
export function rely(world: World, behaviour: Behaviour): void {
  if (behaviour.confidence === "assumed" && !world.relied.includes(behaviour)) world.relied.push(behaviour);
}
