import * as z from "zod/mini";

// The parts of the control API's answers that are shown. What else a mock says is left alone.

const count = z.number();

export const identitySchema = z.object({
  build: z.string(),
  instance: z.string(),
  seed: z.string(),
  started_at: z.string(),
});

export const worldSchema = z.object({
  id: count,
  token: z.string(),
  users: count,
  groups: count,
  requests: count,
  now: z.number(),
});

export const worldsSchema = z.object({ worlds: z.array(worldSchema) });

export const clockSchema = z.object({
  now: z.number(),
  frozen: z.boolean(),
  ahead: z.number(),
  expires_next: z.array(z.object({ gid: count, name: z.string(), in_seconds: z.number() })),
});

/** A rule goes back to the mock as it came, with what this version does not know of. */
const ruleSchema = z.looseObject({
  effect: z.string(),
  op: z.optional(z.union([z.string(), z.array(z.string())])),
  probability: z.optional(z.number()),
  count: z.optional(z.number()),
  after: z.optional(z.number()),
});

export const faultsSchema = z.object({
  seed: z.number(),
  rules: z.array(z.object({ rule: ruleSchema, matched: count, fired: count })),
});

const sourced = z.object({ sentence: z.string(), source: z.string() });

const entrySchema = z.object({
  n: count,
  at: z.string(),
  op: z.string(),
  result: z.string(),
  error: z.optional(z.string()),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  content_type: z.string(),
  body: z.string(),
  status: z.optional(z.number()),
  answer: z.string(),
  fault: z.optional(z.string()),
  explanation: z.object({
    summary: z.string(),
    rule: z.optional(sourced),
    relied: z.array(sourced),
  }),
});

export const journalSchema = z.object({ requests: z.array(entrySchema) });

const changed = <Key extends z.ZodMiniType>(key: Key) =>
  z.object({
    key,
    fields: z.array(z.object({ field: z.string(), a: z.optional(z.unknown()), b: z.optional(z.unknown()) })),
  });

export const diffSchema = z.object({
  same: z.boolean(),
  users: z.object({
    only_a: z.array(z.string()),
    only_b: z.array(z.string()),
    changed: z.array(changed(z.string())),
  }),
  groups: z.object({
    only_a: z.array(count),
    only_b: z.array(count),
    changed: z.array(changed(count)),
  }),
  members: z.array(
    z.object({
      gid: count,
      only_a: z.array(z.string()),
      only_b: z.array(z.string()),
      changed: z.array(z.object({ address: z.string() })),
    }),
  ),
});

export const problemSchema = z.object({ detail: z.string() });

/** Which mock answers. */
export type Identity = z.output<typeof identitySchema>;
/** A world in a few numbers; its token is masked. */
export type World = z.output<typeof worldSchema>;
/** A world's time, and the groups that end next. */
export type WorldClock = z.output<typeof clockSchema>;
/** An injected fault. */
export type Rule = z.output<typeof ruleSchema>;
/** The injected faults, with how often each has matched and fired. */
export type Faults = z.output<typeof faultsSchema>;
/** A request as the mock saw it, with why it was answered so. Tokens are masked. */
export type Entry = z.output<typeof entrySchema>;
/** What differs between two worlds. */
export type Difference = z.output<typeof diffSchema>;
