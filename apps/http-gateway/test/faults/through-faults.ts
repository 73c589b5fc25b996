import { allFaults, throwDice } from "./course.ts";
import type { Random } from "./random.ts";
import type { Run } from "./run.ts";

/** Work on groups, several workers on each. */
export interface GroupWork {
  readonly random: Random;
  /** Is emptied. */
  readonly gids: number[];
  /** Groups that are worked on at once. */
  readonly atOnce: number;
  readonly workers: number;
  readonly work: (gid: number) => Promise<void>;
  /** How often each fault strikes between gateways and mock, as a share of all requests. */
  readonly faulty: number;
}

/** Works while the network fails on both sides; nothing fails any more once that is done. */
export async function throughFaults(
  { fronts, back }: Run,
  { random, gids, atOnce, workers, work, faulty }: GroupWork,
): Promise<void> {
  for (const front of fronts) front.decide(() => throwDice(random, allFaults(0.01)));
  back.decide(() => throwDice(random, allFaults(faulty)));
  const goOn = async (): Promise<void> => {
    for (let gid = gids.pop(); gid !== undefined; gid = gids.pop()) {
      const own = gid;
      await Promise.all(Array.from({ length: workers }, () => work(own)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  for (const proxy of [...fronts, back]) proxy.decide(() => ({}));
}
