import * as z from "zod/mini";
import { createClock } from "../../clock.ts";
import type { WorldEntry } from "../../worlds.ts";
import { diffWorlds, type Moment } from "../../snapshot/diff.ts";
import { readSnapshot } from "../../snapshot/read.ts";
import { snapshotSchema } from "../../snapshot/schema.ts";
import { writeSnapshot } from "../../snapshot/write.ts";
import { ControlProblem } from "../problem.ts";
import { defineRoute, existing, noBody, noQuery, worldOf, type Route } from "../route.ts";
import { gid, permissions, worldSummary } from "../schemas.ts";
import { summaryOf } from "../summary.ts";

/** A world of a million memberships is 40 MiB. */
const MAX_SNAPSHOT = 256 * 1024 * 1024;

const changed = <K extends z.ZodMiniType>(key: K) =>
  z.object({
    key,
    fields: z.array(z.object({ field: z.string(), a: z.unknown(), b: z.unknown() })),
  });

const momentOf = ({ world, clock }: WorldEntry): Moment => ({ world, now: clock.now() });

/** A snapshot as its world would be now. */
function momentOfSnapshot(snapshot: unknown, { clock }: WorldEntry): Moment {
  const read = readSnapshot(snapshot);
  if (!read.ok)
    throw new ControlProblem("snapshot-refused", `The snapshot cannot be compared: ${read.reason}.`);
  const system = clock.now() - clock.ahead();
  return { world: read.world, now: createClock(() => system, read.clock).now() };
}

const addresses = z.array(z.string());

const diffShape = z.object({
  same: z.boolean(),
  users: z.object({ only_a: addresses, only_b: addresses, changed: z.array(changed(z.string())) }),
  groups: z.object({ only_a: z.array(gid), only_b: z.array(gid), changed: z.array(changed(gid)) }),
  members: z.array(
    z.object({
      gid,
      only_a: addresses,
      only_b: addresses,
      changed: z.array(z.object({ address: z.string(), a: permissions, b: permissions })),
    }),
  ),
});

const path = "/worlds/{token}/snapshot";

/** Worlds as files, and what differs between two. */
export const snapshotRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path,
    id: "getSnapshot",
    summary: "The world as versioned JSON: users, groups, deliveries and its time; no journal, no faults.",
    query: noQuery,
    body: noBody,
    answers: { 200: { description: "The snapshot.", schema: snapshotSchema } },
    problems: ["unknown-token"],
    handle: (request) => {
      const { world, clock } = worldOf(request);
      return { status: 200, json: writeSnapshot(world, clock.state()) };
    },
  }),
  defineRoute({
    method: "put",
    path,
    id: "putSnapshot",
    summary: "Puts a snapshot in the place of what is there. The journal and the faults stay.",
    query: noQuery,
    body: z.looseObject({}),
    maxBody: MAX_SNAPSHOT,
    answers: { 200: { description: "The world is as in the snapshot.", schema: worldSummary } },
    problems: ["unknown-token", "snapshot-refused"],
    handle: (request) => {
      const entry = worldOf(request);
      const read = readSnapshot(request.body);
      if (!read.ok)
        throw new ControlProblem("snapshot-refused", `The snapshot cannot be restored: ${read.reason}.`);
      request.context.worlds.restore(entry, read);
      return { status: 200, json: summaryOf(entry) };
    },
  }),
  defineRoute({
    method: "get",
    path: "/worlds/{token}/diff",
    id: "diffWorlds",
    summary:
      "What differs between this world (a) and another (b): users by address, groups and members by gid.",
    query: z.strictObject({ with: z.string().check(z.minLength(1)) }),
    body: noBody,
    answers: { 200: { description: "The differences.", schema: diffShape } },
    problems: ["unknown-token", "unknown-world"],
    handle: (request) => {
      const entry = worldOf(request);
      const other = existing(request.context.worlds, request.query.with);
      return { status: 200, json: diffWorlds(momentOf(entry), momentOf(other)) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/worlds/{token}/diff",
    id: "diffSnapshot",
    summary: "What differs between this world (a) and a snapshot (b), which takes nothing's place.",
    query: noQuery,
    body: z.looseObject({}),
    maxBody: MAX_SNAPSHOT,
    answers: { 200: { description: "The differences.", schema: diffShape } },
    problems: ["unknown-token", "snapshot-refused"],
    handle: (request) => {
      const entry = worldOf(request);
      return { status: 200, json: diffWorlds(momentOf(entry), momentOfSnapshot(request.body, entry)) };
    },
  }),
];
