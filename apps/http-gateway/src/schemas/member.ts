import { z } from "@hono/zod-openapi";
import { nextCursor, toggle } from "./primitives.ts";

/**
 * All five permissions.
 *
 * Required because what mesibo does with an omitted one on a known member is not published.
 */
export const permissions = z
  .strictObject(
    { send: toggle, receive: toggle, publish: toggle, subscribe: toggle, list: toggle },
    { error: "an object with send, receive, publish, subscribe and list" },
  )
  .openapi("Permissions", {
    description: "Whether a permission counts depends on the group's flags: see `/permissions`.",
    example: { send: true, receive: true, publish: false, subscribe: true, list: false },
  });

/** The body of a member's PUT. */
export const memberBody = z.strictObject({ permissions }, { error: "a JSON object" }).openapi("MemberBody");

/** A member as an answer shows them. */
export const memberView = z
  .object({
    gid: z.int(),
    address: z.string(),
    permissions,
    source: z.enum(["set", "imported"]).openapi({ description: "Where the gateway has them from." }),
    observed_at: z.iso.datetime().openapi({ description: "When mesibo last confirmed them." }),
    version: z.int().openapi({ description: "Counts the changes, from 1; the ETag." }),
  })
  .openapi("Member");

/** A member as an answer shows them. */
export type MemberView = z.output<typeof memberView>;

/** Members as a listing shows them. */
export const memberList = z
  .object({ items: z.array(memberView), next_cursor: nextCursor })
  .openapi("MemberList");

const verdict = z
  .object({
    allowed: z.boolean(),
    rule: z.string().openapi({ description: "The id of the rule that decides." }),
    sentence: z.string(),
    source: z.string(),
    confidence: z.enum(["documented", "recorded", "assumed"]),
  })
  .openapi("Verdict", {
    example: {
      allowed: false,
      rule: "member_not_selected",
      sentence: "Only selected members may, and this member lacks the permission.",
      source: "SEED, D1full",
      confidence: "documented",
    },
  });

/** What somebody may really do, and why. */
const effectiveView = z
  .object({ send: verdict, receive: verdict, publish: verdict, subscribe: verdict, list: verdict })
  .openapi("Effective");

/** What one address may really do in a group. */
export const addressPermissions = z
  .object({
    gid: z.int(),
    address: z.string(),
    member: z.boolean(),
    // A union: for a nullable reference the document would ask for an object and null at once.
    permissions: z
      .union([permissions, z.null()])
      .openapi({ description: "Null for somebody who is no member." }),
    effective: effectiveView,
  })
  .openapi("AddressPermissions");

/** What everybody may really do in a group. */
export const groupPermissions = z
  .object({
    gid: z.int(),
    flag: z.int(),
    members: z.array(z.object({ address: z.string(), permissions, effective: effectiveView })),
    non_member: effectiveView,
    next_cursor: nextCursor,
  })
  .openapi("GroupPermissions");
