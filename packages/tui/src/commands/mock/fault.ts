import { shaped } from "../../control/ask.ts";
import { faultsSchema } from "../../control/schemas.ts";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { table } from "../print.ts";
import { readJsonFile } from "../read-json.ts";
import { openMock } from "./ask-mock.ts";

/** Lists what a mock does wrong on purpose, or changes it. */
export const mockFault = command({
  args: [
    {
      name: "file",
      about: 'rules as JSON, such as [{"op":"groupadd","effect":"close","when":"after"}]; - is stdin',
      optional: true,
    },
  ],
  options: { clear: { type: "boolean", about: "no faults any more" } },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun } = invocation;
    const file = given.get("file");
    const clear = values.clear === true;
    if (clear && file !== undefined) throw usage("mock fault takes a file or --clear, not both.");
    const body = file === undefined ? undefined : await readJsonFile(invocation, file);
    const changes = clear || body !== undefined;
    if (changes && dryRun)
      return {
        data: { dry_run: true, would: { faults: body ?? [] } },
        text: [clear ? "would clear the faults" : `would put the faults of ${file} in place of those before`],
      };
    const { text, world } = await openMock(invocation, changes);
    const path = `${world}/faults`;
    if (clear) await text({ method: "DELETE", path });
    if (body !== undefined) await text({ method: "PUT", path, body });
    const faults = shaped(faultsSchema, await text({ path }));
    return {
      data: faults,
      rows: faults.rules,
      text: await table(
        ["fired", "of", "rule"],
        faults.rules.map(({ rule, matched, fired }) => [
          String(fired),
          String(matched),
          JSON.stringify(rule),
        ]),
      ),
    };
  },
});
