import * as z from "zod";

/** All five permissions, as an operation keeps them. */
export const permissions = z.strictObject({
  send: z.boolean(),
  receive: z.boolean(),
  publish: z.boolean(),
  subscribe: z.boolean(),
  list: z.boolean(),
});
