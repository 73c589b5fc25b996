import type { OpName, Requests, Results } from "@mesibo-groups/core";
import { groupadd, groupdel, groupset, groupsget } from "./groups.ts";
import { groupeditmembers, groupgetmembers } from "./members.ts";
import { message } from "./messages.ts";
import type { EngineOutcome } from "./outcome.ts";
import { useradd, userdel, userset, usersget, usertoken } from "./users.ts";
import type { World } from "./world.ts";

/** A request in domain words with its op. */
export interface EngineRequest<O extends OpName = OpName> {
  readonly op: O;
  readonly request: Requests[O];
}

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

/** Whether an operation changes the world when it is done. */
export const mutates = {
  useradd: true,
  userset: true,
  userdel: true,
  usersget: false,
  usertoken: true,
  groupadd: true,
  groupset: true,
  groupdel: true,
  groupeditmembers: true,
  groupgetmembers: false,
  groupsget: false,
  message: true,
} as const satisfies Record<OpName, boolean>;

/**
 * Applies one request to a world, which it changes, and answers in domain words. Deterministic and without I/O:
 * the same world, request and time give the same answer. A refused request changes nothing.
 *
 * @param now - Unix seconds.
 */
export function apply<O extends OpName>(
  world: World,
  { op, request }: EngineRequest<O>,
  now: number,
): EngineOutcome<Results[O]> {
  return handlers[op](world, request, now);
}
