import { effective, nearest, type Address } from "@mesibo-groups/core";
import { opNames, type CollectedRequest } from "@mesibo-groups/core/wire";
import type { RefusalName } from "../engine/refusals.ts";
import { membersOf } from "../engine/roster.ts";
import type { World } from "../engine/world.ts";
import { nearestOfMany } from "./likeliest.ts";

/** A parameter at fault, in a world. */
export interface Fault {
  readonly name: string;
  /** As it was sent. */
  readonly value: string;
  readonly rule: RefusalName;
  /** The refusal's words. */
  readonly cause: string;
  readonly params: CollectedRequest["params"];
  readonly world: World;
}

const MAX_ADDRESSES = 3;

/** The number that is nearest to the one a text begins with, and not that number. */
function nearestNumber(value: string, numbers: Iterable<number>): string | undefined {
  const wanted = Number.parseInt(value, 10);
  let best: number | undefined;
  for (const number of numbers) {
    if (number === wanted && String(number) === value) continue;
    if (best === undefined || Math.abs(number - wanted) < Math.abs(best - wanted)) best = number;
  }
  return best === undefined || Number.isNaN(wanted) ? undefined : String(best);
}

const sortedLetters = (text: string): string => text.split("").toSorted().join("");

/** The op that was meant: much the same, or the same words in another order (deluser, addgroup). */
function nearestOp({ value }: Fault): string | undefined {
  const asked = value.toLowerCase();
  return nearest(asked, opNames) ?? opNames.find((op) => sortedLetters(op) === sortedLetters(asked));
}

function nearestUsers({ name, value, world }: Fault): string | undefined {
  if (name === "uid") return nearestNumber(value, world.users.keys());
  const unknown = value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "" && !world.uids.has(item));
  const found = unknown
    .slice(0, MAX_ADDRESSES)
    .flatMap((item) => nearestOfMany(item, world.uids.keys()) ?? []);
  return found.length === 0 ? undefined : [...new Set(found)].join(",");
}

function nearestSender({ value, params, world }: Fault): Address | undefined {
  const group = world.groups.get(Number(params["gid"]));
  if (group === undefined) return undefined;
  const senders = [...membersOf(group.roster)]
    .filter(({ permissions }) => effective(group.flags, permissions).send.allowed)
    .map(({ address }) => address);
  return nearestOfMany(value, senders) ?? senders[0];
}

function nearestInRange({ name, value, cause, world }: Fault): string | undefined {
  if (name === "gid") return nearestNumber(value, world.groups.keys());
  if (name === "uid") return nearestNumber(value, world.users.keys());
  const [, from, to] = new RegExp(`${name} must be [^;]* from (-?\\d+) to (\\d+)`).exec(cause) ?? [];
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (from === undefined || to === undefined || Number.isNaN(number)) return undefined;
  return String(Math.trunc(Math.min(Math.max(number, Number(from)), Number(to))));
}

const finders: Partial<Record<RefusalName, (fault: Fault) => string | undefined>> = {
  op: nearestOp,
  malformed: nearestInRange,
  group: ({ value, world }) => nearestNumber(value, world.groups.keys()),
  user: nearestUsers,
  notMember: nearestSender,
  permission: nearestSender,
};

/** A value that the world would take, close to the one that was sent; undefined where there is none like it. */
export const nearestValue = (fault: Fault): string | undefined => finders[fault.rule]?.(fault);
