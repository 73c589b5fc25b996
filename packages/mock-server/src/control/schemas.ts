import * as z from "zod/mini";
import { cutTexts, entryResults } from "../journal/entry.ts";

// Shapes of the control API that more than one route uses.

export const gid = z.int().check(z.minimum(1));
export const count = z.int().check(z.minimum(0));
const unixSeconds = z.number();

export const permissions = z.object({
  send: z.boolean(),
  receive: z.boolean(),
  publish: z.boolean(),
  subscribe: z.boolean(),
  list: z.boolean(),
});

export const behaviour = z.object({
  id: z.string(),
  sentence: z.string(),
  source: z.string(),
  confidence: z.enum(["documented", "recorded", "assumed"]),
});

export const instance = z.object({
  build: z.string(),
  instance: z.string(),
  seed: z.string(),
  started_at: z.iso.datetime(),
});

export const worldSummary = z.object({
  id: count,
  token: z.string(),
  users: count,
  groups: count,
  requests: count,
  now: unixSeconds,
});

export const worldState = z.object({
  id: count,
  now: unixSeconds,
  users: z.array(
    z.object({
      uid: count,
      address: z.string(),
      name: z.string(),
      appid: z.string(),
      has_token: z.boolean(),
      active: z.boolean(),
      pinned: z.boolean(),
      online: z.boolean(),
      flag: count,
    }),
  ),
  groups: z.array(
    z.object({
      gid,
      name: z.string(),
      flag: count,
      flags: z.string(),
      expires_at: unixSeconds,
      expiryext: z.int(),
      active: z.boolean(),
      pinned: z.boolean(),
      sflags: count,
      members: z.array(z.object({ address: z.string(), permissions })),
    }),
  ),
});

export const clock = z.object({
  now: unixSeconds,
  frozen: z.boolean(),
  ahead: z.number(),
  expires_next: z.array(z.object({ gid, name: z.string(), expires_at: unixSeconds, in_seconds: z.number() })),
});

const explained = z.object({
  summary: z.string(),
  rule: z.optional(behaviour),
  fields: z.array(
    z.object({ name: z.string(), value: z.optional(z.string()), nearest: z.optional(z.string()) }),
  ),
  ignored: z.array(z.object({ name: z.string(), nearest: z.optional(z.string()) })),
  aliases: z.array(z.object({ spelling: z.string(), of: z.string(), source: z.string() })),
  relied: z.array(z.object({ id: z.string(), sentence: z.string(), source: z.string() })),
});

export const entry = z.object({
  n: count,
  at: z.iso.datetime(),
  op: z.string(),
  result: z.enum(entryResults),
  error: z.optional(z.string()),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  content_type: z.string(),
  body: z.string(),
  status: z.optional(z.int()),
  answer: z.string(),
  cut: z.array(z.enum(cutTexts)),
  fault: z.optional(z.string()),
  explanation: explained,
});

export const delivery = z.object({
  mid: count,
  from: z.string(),
  to: z.string(),
  gid: z.optional(gid),
  text: z.string(),
  at: unixSeconds,
  stored: z.boolean(),
  state: z.enum(["delivered", "waiting", "lost"]),
});
