import fc from "fast-check";
import { demoSeed } from "../../src/seed.ts";

// Requests to a world that started with the demo seed, most of which it will take.

const gid = fc.integer({ min: 102529, max: 102534 });
const address = fc.constantFrom(...demoSeed.users, "new@example.com");
const members = fc.array(address, { minLength: 1, maxLength: 4 });
/** One request. */
export const step = fc.oneof(
  fc.record({
    op: fc.constant("useradd" as const),
    request: fc.record({ address, appid: fc.constant("x") }),
  }),
  fc.record({ op: fc.constant("userdel" as const), request: fc.record({ address }) }),
  fc.record({ op: fc.constant("userset" as const), request: fc.record({ address, active: fc.boolean() }) }),
  fc.record({ op: fc.constant("groupadd" as const), request: fc.record({ members }) }),
  fc.record({ op: fc.constant("groupdel" as const), request: fc.record({ gid }) }),
  fc.record({
    op: fc.constant("groupset" as const),
    request: fc.record({ gid, name: fc.string(), members }),
  }),
  fc.record({
    op: fc.constant("groupeditmembers" as const),
    request: fc.record({ gid, members, permissions: fc.constant({ send: true }), remove: fc.boolean() }),
  }),
  fc.record({
    op: fc.constant("message" as const),
    request: fc.record({ from: address, to: fc.constant([]), gid, text: fc.constant("hi") }),
  }),
);
