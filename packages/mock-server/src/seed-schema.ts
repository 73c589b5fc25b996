import { parseFlags, type GroupFlags } from "@mesibo-groups/core";
import * as z from "zod/mini";
import type { Seed } from "./seed.ts";

const address = z.string().check(z.minLength(1));

const permissions = z.strictObject({
  send: z.exactOptional(z.boolean()),
  receive: z.exactOptional(z.boolean()),
  publish: z.exactOptional(z.boolean()),
  subscribe: z.exactOptional(z.boolean()),
  list: z.exactOptional(z.boolean()),
});

/** Flags as a number, or as text in any spelling that `parseFlags` reads. */
const flags = z.union([z.int(), z.string()]).check((context) => {
  const parsed = parseFlags(context.value);
  if (!parsed.ok)
    context.issues.push({ code: "custom", input: context.value, message: parsed.fault.message });
});

const member = z.union([address, z.strictObject({ address, permissions: z.optional(permissions) })]);

/** A seed as JSON. */
export const seedSchema = z.strictObject({
  users: z._default(z.array(address), []),
  groups: z._default(
    z.array(
      z.strictObject({
        name: z.string(),
        flags: z.optional(flags),
        members: z._default(z.array(member), []),
      }),
    ),
    [],
  ),
});

/** A seed as JSON writes it: flags as a number or text, a member as an address or with permissions. */
export type SeedJson = z.output<typeof seedSchema>;

function readFlags(value: number | string): GroupFlags | undefined {
  const parsed = parseFlags(value);
  return parsed.ok ? parsed.flags : undefined;
}

/** A seed from its JSON. */
export function seedFromJson({ users, groups }: SeedJson): Seed {
  return {
    users,
    groups: groups.map(({ name, flags: word, members }) => ({
      name,
      flags: word === undefined ? undefined : readFlags(word),
      members: members.map((each) => (typeof each === "string" ? { address: each } : each)),
    })),
  };
}
