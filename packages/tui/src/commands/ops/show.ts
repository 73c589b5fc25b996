import { command } from "../command.ts";
import { cell, table } from "../print.ts";
import { openKeeper } from "./open-keeper.ts";
import { operationArgument, operationId } from "./operation.ts";

/** Shows one operation. */
export const opsShow = command({
  args: [operationArgument],
  options: {},
  run: async (invocation) => {
    const id = operationId(invocation.given.get("id"));
    const operation = await (await openKeeper(invocation)).show(id);
    const [first = [], ...rows] = Object.entries(operation).map(([name, value]) => [name, cell(value)]);
    return { data: { operation }, text: await table(first, rows) };
  },
});
