import { CommandError } from "../command-error.ts";

/** Where a mock's journal is. */
export interface JournalPlace {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** An entry as the mock shows it, tokens masked. */
export interface JournalEntry {
  readonly n: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isEntry = (value: unknown): value is JournalEntry => isRecord(value) && typeof value["n"] === "number";

async function ask(url: URL, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { signal, redirect: "error" });
  return answer.ok ? await answer.json() : undefined;
}

const notSent = (error: unknown): never => {
  if (error instanceof Error && error.name === "AbortError") throw error;
  throw new CommandError(
    "not_sent",
    "The mock at MESIBO_URL cannot be reached or does not answer JSON. Start one with mesibo-mock.",
  );
};

/** Makes sure that a mock answers, before the app token goes into a URL. Throws a `CommandError`. */
export async function checkMock({ url, signal }: JournalPlace): Promise<void> {
  const identity = await ask(new URL("/_mock/identity", url), signal).catch(notSent);
  if (isRecord(identity) && typeof identity["instance"] === "string") return;
  throw new CommandError(
    "usage",
    "Only a mock keeps a journal, and MESIBO_URL is none with its control API on. Start one with mesibo-mock.",
  );
}

/** The latest entries, oldest first. */
export async function readJournal(
  { url, token, signal }: JournalPlace,
  query: Readonly<Record<string, string>>,
): Promise<readonly JournalEntry[]> {
  const place = new URL(`/_mock/worlds/${encodeURIComponent(token)}/requests`, url);
  place.search = new URLSearchParams(query).toString();
  const answer = await ask(place, signal).catch(notSent);
  if (answer === undefined)
    throw new CommandError(
      "not_found",
      "The mock knows no such app token. Set MESIBO_APP_TOKEN to what mesibo-mock printed.",
    );
  const requests = isRecord(answer) ? answer["requests"] : undefined;
  return Array.isArray(requests) ? requests.filter(isEntry) : [];
}
