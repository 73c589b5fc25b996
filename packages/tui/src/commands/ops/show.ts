import { command } from "../command.ts";
import { cell, openGateway } from "../gateway/ask-gateway.ts";
import { table } from "../print.ts";
import { operationArgument, operationIn, operationPath } from "./operation.ts";

/** Shows one operation. */
export const opsShow = command({
  args: [operationArgument],
  options: {},
  run: async (invocation) => {
    const path = operationPath(invocation.given.get("id"));
    const operation = operationIn(await (await openGateway(invocation))({ path }));
    const [first = [], ...rows] = Object.entries(operation).map(([name, value]) => [name, cell(value)]);
    return { data: { operation }, text: await table(first, rows) };
  },
});
