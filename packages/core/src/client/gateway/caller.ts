import type { OpName, Requests } from "../../domain/requests.ts";
import type { Results } from "../../domain/results.ts";
import { createRedactor, tokenPattern } from "../../wire/redact.ts";
import { readBatch, readCreated, readGroups, readMembers, type RestList } from "../../wire/rest/answer.ts";
import {
  readRest,
  writeBatch,
  restFault,
  writeRest,
  type RestReadOp,
  type RestWriteOp,
} from "../../wire/rest/request.ts";
import { batchAddresses } from "../batch.ts";
import type { Caller } from "../call.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { inTurn } from "../in-turn.ts";
import { createLatch } from "../latch.ts";
import type { CallOptions } from "../options.ts";
import { createPolicy } from "../policy/policy.ts";
import { createKeyedQueue } from "../queue.ts";
import { now } from "../time.ts";
import { validateRequest } from "../validate.ts";
import { askGateway, type Asker, type Going } from "./ask.ts";
import { checkBatch } from "./batch.ts";
import { readGatewayOptions, type GatewayOptions } from "./options.ts";

type Runners = { readonly [O in OpName]: (request: Requests[O], going: Going) => Promise<Results[O]> };

/** The longest page of a gateway. */
const PAGE = 1000;

/** How many rows mesibo lists when nobody says. */
const DEFAULT_COUNT = 20;

/** A list, as far as it was asked for, and how long it is. */
interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** A list to read. */
interface Listing<O extends RestReadOp> {
  readonly op: O;
  readonly request: Requests[O];
  readonly count?: number | undefined;
  /** Whether it matters how long the list is. */
  readonly toEnd: boolean;
}

function unusable(op: OpName): never {
  throw new UnknownOutcomeError({ op, kind: "protocol", sent: "yes", attempts: 1 }, "wrong shape");
}

const none = (op: OpName) => async (): Promise<never> => {
  throw new ValidationError(op, "op", "one of groups and members: a gateway has no users and no messages");
};

/** The operations of a gateway over the function that asks it. */
function createRunners(asker: Asker): Runners {
  const write = <O extends RestWriteOp>(op: O, request: Requests[O], going: Going): Promise<string> =>
    askGateway(asker, { op, request: writeRest(op, request) }, going);

  /** Reads pages until there are enough rows, or to the end: nothing else tells how long a list is. */
  async function list<O extends RestReadOp, T>(
    { op, request, count = DEFAULT_COUNT, toEnd }: Listing<O>,
    { read, going }: { read: (text: string) => RestList<T> | undefined; going: Going },
  ): Promise<Listed<T>> {
    const wanted = toEnd ? Number.POSITIVE_INFINITY : count;
    const items: T[] = [];
    let total = 0;
    let cursor: string | null = null;
    let beforeSend = going.beforeSend;
    do {
      const asking = { op, request: readRest(op, request, { cursor, limit: PAGE }) };
      const text: string = await askGateway(asker, asking, {
        ...going,
        beforeSend,
        idempotencyKey: undefined,
      });
      beforeSend = undefined;
      const page: RestList<T> = read(text) ?? unusable(op);
      items.push(...page.items.slice(0, count - items.length));
      total += page.items.length;
      cursor = page.next;
    } while (cursor !== null && items.length < wanted);
    return { items, total };
  }

  return {
    groupadd: async (request, going) => ({
      group: readCreated(await write("groupadd", request, going)) ?? unusable("groupadd"),
    }),
    groupset: async (request, going) => {
      await write("groupset", request, going);
      return { group: { gid: request.gid } };
    },
    groupdel: async (request, going) => {
      await write("groupdel", request, going);
      return {};
    },
    groupeditmembers: async (request, going) => {
      const { isolationCalls } = going;
      if (request.members.length === 1) await write("groupeditmembers", request, going);
      else {
        const batch = writeBatch({ request, isolationCalls });
        const text = await askGateway(asker, { op: "groupeditmembers", request: batch }, going);
        const result = readBatch(text) ?? unusable("groupeditmembers");
        checkBatch(request, { result, redact: asker.redact });
      }
      return {};
    },
    groupsget: async (request, going) => {
      const { items, total } = await list(
        { op: "groupsget", request, count: request.count, toEnd: true },
        { read: (text) => readGroups(text, Date.now()), going },
      );
      return { groups: items, count: items.length, groupscount: total };
    },
    groupgetmembers: async (request, going) => {
      const { items } = await list(
        { op: "groupgetmembers", request, count: request.count, toEnd: false },
        { read: readMembers, going },
      );
      return { gid: request.gid, count: items.length, members: items };
    },
    useradd: none("useradd"),
    userset: none("userset"),
    userdel: none("userdel"),
    usersget: none("usersget"),
    usertoken: none("usertoken"),
    message: none("message"),
  };
}

const queued: ReadonlySet<OpName> = new Set(["groupset", "groupdel", "groupeditmembers"]);

/** Makes the function behind every method of a client of a gateway. The key stays in this closure. */
export function createGatewayCaller(options: GatewayOptions): Caller {
  const settings = readGatewayOptions(options);
  const { key } = options.gateway;
  const pattern = tokenPattern(key);
  const holdsToken = (text: string): boolean => text.search(pattern) !== -1;
  const enter = createKeyedQueue();
  const { latched, stop, latch, reset } = createLatch(settings);
  const policy = createPolicy(settings.policy, latched);
  const run = createRunners({ settings, policy, key, redact: createRedactor(key), stop });

  function check<O extends OpName>(op: O, request: Requests[O], callOptions: CallOptions = {}): void {
    const fault = restFault(op, request);
    if (fault !== undefined) throw new ValidationError(op, fault.field, fault.expected);
    validateRequest({ op, request, options: callOptions, holdsToken });
  }

  return {
    call: async (op, request, callOptions = {}) => {
      check(op, request, callOptions);
      const { signal, beforeSend, isolationCalls } = callOptions;
      const { idempotencyKey = globalThis.crypto.randomUUID() } = callOptions;
      const deadline = now() + settings.deadlineMs;
      const going = { signal, beforeSend, idempotencyKey, isolationCalls, deadline };
      const gid = queued.has(op) && "gid" in request ? request.gid : undefined;
      return policy.active(() => {
        if (gid === undefined) return run[op](request, going);
        return inTurn({ enter, key: gid, op, limits: going }, async () => {
          await policy.awaitQuiet(gid, { op, limits: going, timeoutMs: settings.timeoutMs });
          return run[op](request, going);
        });
      });
    },
    batch: batchAddresses,
    check,
    latched,
    latch,
    reset,
    state: policy.state,
    quiet: policy.quiet,
  };
}
