import * as z from "zod/mini";
import { CommandError, usage } from "../command-error.ts";
import type { Row } from "../../gateway/pages.ts";
import type { Argument } from "../reading.ts";

/** The argument that names an operation. */
export const operationArgument = {
  name: "id",
  about: "the operation's id, such as op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4",
} as const satisfies Argument;

/** The id of an operation. Throws a `CommandError` for what is none. */
export function operationId(id = ""): string {
  if (/^op_\w{1,60}$/.test(id)) return id;
  throw usage(
    `id must be an operation's, such as op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4, not ${JSON.stringify(id)}. See ops list.`,
  );
}

/** An operation as it is printed. */
export type OperationRow = Row & { readonly id: string; readonly state: string };

const schema = z.looseObject({ id: z.string(), state: z.string() });

/** An operation in an answer. Throws a `CommandError` where there is none. */
export function operationIn(answer: unknown): OperationRow {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new CommandError("usage", "The gateway's answer is not understood. Is it another version?");
}
