import { shaped } from "../../control/ask.ts";
import { journalSchema } from "../../control/schemas.ts";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { readCount } from "../count.ts";
import { table } from "../print.ts";
import { openMock } from "./ask-mock.ts";

const forms = ["curl", "har", "vitest"] as const;

/** Prints the latest requests that a mock got, and why they were answered so. */
export const mockJournal = command({
  options: {
    last: { type: "string", value: "n", about: "so many of the latest (default 100)" },
    op: { type: "string", value: "op", about: "only this op" },
    result: { type: "string", value: "result", about: "only what ended so: done, refused, fault or defect" },
    as: { type: "string", value: "form", choices: forms, about: `print them as ${forms.join(", ")}` },
  },
  run: async (invocation) => {
    const { values } = invocation;
    const { last = "100", op, result, as } = values;
    if (as !== undefined && !forms.some((form) => form === as))
      throw usage(`--as must be one of ${forms.join(", ")}, not ${JSON.stringify(as)}.`);
    const asked = { limit: String(readCount("last", last)), op, result, as };
    const query = new URLSearchParams(
      Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const { text, world } = await openMock(invocation);
    const answer = await text({ path: `${world}/requests?${query.toString()}` });
    if (as !== undefined)
      return { data: { as, text: answer ?? "" }, text: (answer ?? "").trimEnd().split("\n") };
    const { requests } = shaped(journalSchema, answer);
    return {
      data: { requests },
      rows: requests,
      text: await table(
        ["n", "at", "op", "result", "why"],
        requests.map(({ n, at, op, result, explanation }) => [
          String(n),
          at,
          op,
          result,
          explanation.summary,
        ]),
      ),
    };
  },
});
