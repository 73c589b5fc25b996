import { setTimeout } from "node:timers/promises";
import { command } from "../command.ts";
import { readCount } from "../count.ts";
import { openMock, type MockControl } from "../mock/ask-mock.ts";
import { jsonLine } from "../print.ts";

/** Milliseconds between two looks at the journal. */
const PAUSE_MS = 300;

/** More than a journal remembers. */
const EVERY = "100000";

/** An entry as the mock shows it, tokens masked. */
interface Entry {
  readonly n: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isEntry = (value: unknown): value is Entry => isRecord(value) && typeof value["n"] === "number";

/** The latest entries whole, as whatever reads them may know more of them than this program. */
async function readEntries(
  { json, world }: MockControl,
  query: Readonly<Record<string, string>>,
): Promise<readonly Entry[]> {
  const answer = await json({ path: `${world}/requests?${new URLSearchParams(query).toString()}` });
  const requests = isRecord(answer) ? answer["requests"] : undefined;
  return Array.isArray(requests) ? requests.filter(isEntry) : [];
}

/** Follows the journal of a mock. */
export const requestsTail = command({
  options: {
    last: { type: "string", value: "n", about: "begin with so many of the latest (default 10)" },
    follow: { type: "boolean", negatable: true, about: "go on until stopped (default)" },
  },
  run: async (invocation) => {
    const { values, signal, emit } = invocation;
    const { last = "10", follow = true } = values;
    const first = readCount("last", last);
    let after = 0;
    let count = 0;
    try {
      const mock = await openMock(invocation);
      let found = await readEntries(mock, { limit: String(Math.max(1, first)) });
      after = found.at(-1)?.n ?? 0;
      if (first === 0) found = [];
      for (;;) {
        for (const entry of found) emit(jsonLine(entry));
        count += found.length;
        after = found.at(-1)?.n ?? after;
        if (!follow || signal.aborted) break;
        await setTimeout(PAUSE_MS, undefined, { signal });
        found = await readEntries(mock, { after: String(after), limit: EVERY });
      }
    } catch (error) {
      // Stopped in the middle of a question: what was seen is what there is.
      if (!signal.aborted) throw error;
    }
    return { data: { count }, rows: [], text: [] };
  },
});
