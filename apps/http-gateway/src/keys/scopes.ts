/** Everything that a key can be allowed. A key may do nothing that none of its scopes names. */
export const scopes = [
  "groups:read",
  "groups:write",
  "groups:delete",
  "members:read",
  "members:write",
  "operations:read",
  "operations:resolve",
  "events:read",
  "audit:read",
  "keys:admin",
] as const;

/** One thing that a key can be allowed. */
export type Scope = (typeof scopes)[number];

/** What a key that only reads can be allowed: whatever changes nothing, here or in mesibo. */
export const readingScopes: readonly Scope[] = scopes.filter((scope) => scope.endsWith(":read"));

/** Whether a text is a scope. */
export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text);
