import { setTimeout } from "node:timers/promises";
import { findCredential } from "../../profile/credential.ts";
import { command, type Context } from "../command.ts";
import { usage } from "../command-error.ts";
import { configured, resolveProfile } from "../connect.ts";
import { jsonLine } from "../print.ts";
import type { Shared } from "../reading.ts";
import { checkMock, readJournal, type JournalPlace } from "./journal.ts";

/** Milliseconds between two looks at the journal. */
const PAUSE_MS = 300;

/** More than a journal remembers. */
const EVERY = "100000";

/** A mock over HTTP with its token, by the profile. Throws a `CommandError` for what is none. */
async function placeOf({
  around,
  signal,
  ...flags
}: Pick<Context, "around" | "signal"> & Pick<Shared, "profile" | "tokenStdin">): Promise<JournalPlace> {
  const resolved = await resolveProfile(around, flags);
  const { value: url } = resolved.url;
  // mesibo keeps no journal, and to ask it for one would cost an address.
  const secret =
    resolved.kind.value === "mock" ? await configured(() => findCredential({ around, resolved })) : undefined;
  if (secret === undefined || url === undefined)
    throw usage(
      "requests tail follows a mock over HTTP. Choose a profile with its URL and token, or set MESIBO_URL and MESIBO_APP_TOKEN to what mesibo-mock printed.",
    );
  return { url, token: secret.reveal(), signal };
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** Follows the journal of a mock. */
export const requestsTail = command({
  options: {
    last: { type: "string", value: "n", about: "begin with so many of the latest (default 10)" },
    follow: { type: "boolean", negatable: true, about: "go on until stopped (default)" },
  },
  run: async ({ values, around, profile, tokenStdin, signal, emit }) => {
    const { last = "10", follow = true } = values;
    if (!/^\d{1,5}$/.test(last))
      throw usage(`--last must be a whole number from 0 to 99999, not ${JSON.stringify(last)}.`);
    const place = await placeOf({ around, signal, profile, tokenStdin });
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
