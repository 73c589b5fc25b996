import { setTimeout } from "node:timers/promises";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { readToken } from "../connect.ts";
import { jsonLine } from "../print.ts";
import { checkMock, readJournal, type JournalPlace } from "./journal.ts";

/** Milliseconds between two looks at the journal. */
const PAUSE_MS = 300;

/** More than a journal remembers. */
const EVERY = "100000";

function placeOf(environment: NodeJS.ProcessEnv, signal: AbortSignal): JournalPlace {
  const token = readToken(environment);
  const { MESIBO_URL: url = "" } = environment;
  if (token === undefined || !URL.canParse(url))
    throw usage(
      "requests tail follows a mock over HTTP. Set MESIBO_URL and MESIBO_APP_TOKEN to what mesibo-mock printed.",
    );
  return { url, token, signal };
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** Follows the journal of a mock. */
export const requestsTail = command({
  name: "requests tail",
  about: "follow the requests that a mock over HTTP gets, one JSON object a line",
  options: {
    last: { type: "string", value: "n", about: "begin with so many of the latest (default 10)" },
    follow: { type: "boolean", negatable: true, about: "go on until stopped (default)" },
  },
  run: async ({ values, environment, signal, emit }) => {
    const { last = "10", follow = true } = values;
    if (!/^\d{1,5}$/.test(last))
      throw usage(`--last must be a whole number from 0 to 99999, not ${JSON.stringify(last)}.`);
    const place = placeOf(environment, signal);
    let after = 0;
    let count = 0;
    try {
      await checkMock(place);
      let found = await readJournal(place, { limit: String(Math.max(1, Number(last))) });
      after = found.at(-1)?.n ?? 0;
      if (last === "0") found = [];
      for (;;) {
        for (const entry of found) emit(jsonLine(entry));
        count += found.length;
        after = found.at(-1)?.n ?? after;
        if (!follow || signal.aborted) break;
        await setTimeout(PAUSE_MS, undefined, { signal });
        found = await readJournal(place, { after: String(after), limit: EVERY });
      }
    } catch (error) {
      if (!signal.aborted || !isAbort(error)) throw error;
    }
    return { data: { count }, rows: [], text: [] };
  },
});
