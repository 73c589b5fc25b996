import type { OpName, Requests, Results } from "@mesibo-groups/core";
import { groupadd, groupdel, groupset, groupsget } from "./groups.ts";
import { groupeditmembers, groupgetmembers } from "./members.ts";
import { message } from "./messages.ts";
import type { EngineOutcome } from "./outcome.ts";
import { useradd, userdel, userset, usersget, usertoken } from "./users.ts";
import type { World } from "./world.ts";

/** A request in domain words with its op. */
export type EngineRequest<O extends OpName = OpName> = {
  readonly [K in O]: { readonly op: K; readonly request: Requests[K] };
}[O];

type Handlers = {
  readonly [O in OpName]: (world: World, request: Requests[O], now: number) => EngineOutcome<Results[O]>;
};

// An op of the codec table without a handler here does not compile.
const handlers: Handlers = {
  useradd,
  userset,
  userdel,
  usersget,
  usertoken,
  groupadd,
  groupset,
  groupdel,
  groupeditmembers,
  groupgetmembers,
  groupsget,
  message,
};

/**
 * Applies one request to a world, which it changes, and answers in domain words. Deterministic and without I/O:
 * the same world, request and time give the same answer. A refused request changes nothing.
 *
 * @param now - Unix seconds.
 */
export function apply<O extends OpName>(
  world: World,
  { op, request }: { readonly op: O; readonly request: Requests[O] },
  now: number,
): EngineOutcome<Results[O]> {
  return handlers[op](world, request, now);
}
