/**
 * What stands in a token's place wherever a request or an answer is shown.
 *
 * @example
 * ```ts
 * import { createClient, TOKEN_PLACEHOLDER } from "@mesibo-groups/core";
 *
 * const bodies: string[] = [];
 * const answer = '{"op":"groupdel","result":true}';
 * const client = createClient({
 *   token: "app-token",
 *   fetch: async () => new Response(answer),
 *   onCall: ({ body }) => bodies.push(body),
 * });
 * await client.groups.delete(96734);
 * console.assert(bodies[0]?.includes(TOKEN_PLACEHOLDER) === true && !bodies[0].includes("app-token"));
 * ```
 */
export const TOKEN_PLACEHOLDER = "$MESIBO_APP_TOKEN";
