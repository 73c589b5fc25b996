import { aim, curlOf, type Aimed } from "./aim.ts";
import type { Answered, Check, Exchange } from "./check.ts";
import { readJson } from "./check.ts";
import { createPool } from "./pool.ts";
import type { Asker, Shot } from "./shot.ts";

/** Something that is fuzzed. */
export interface Target {
  readonly ask: (path: string, init: RequestInit) => Promise<Response>;
  readonly keys: Readonly<Record<Exclude<Asker, "found" | "none">, string>>;
  /** Has mesibo's next answer lost, or no longer. Absent where nobody can. */
  readonly lose?: (lost: boolean) => void;
}

/** What a walk has met. */
export interface Met {
  requests: number;
  /** How often each status of each operation came. */
  readonly statuses: Map<string, number>;
  /** The problems that came. */
  readonly problems: Set<string>;
}

/** A tally that several walks add to. */
export const createMet = (): Met => ({ requests: 0, statuses: new Map(), problems: new Set() });

/** The beginning of a stream that does not end, or the whole of an answer that does. */
async function readText(response: Response): Promise<string> {
  if (response.headers.get("content-type")?.startsWith("text/event-stream") !== true) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

async function send(target: Target, { method, target: path, headers, body }: Aimed): Promise<Answered> {
  const init: RequestInit = { method, headers: { ...headers }, redirect: "manual" };
  if (body !== undefined) init.body = body;
  const response = await target.ask(path, init);
  return { status: response.status, headers: response.headers, text: await readText(response) };
}

/** Asks one after another, and throws at the first answer that is wrong, with all requests so far as curl. */
export async function walk(
  target: Target,
  {
    shots,
    checks,
    met,
  }: { readonly shots: readonly Shot[]; readonly checks: Readonly<Record<string, Check>>; readonly met: Met },
): Promise<void> {
  const pool = createPool();
  const sent: string[] = [];
  const deleted = new Set<string>();
  /** Keys by their id, those that were revoked too. */
  const found = new Map<string, { readonly key: string; revoked: boolean }>();

  const fail = (check: string, words: string, answer: Answered): never => {
    const body = answer.text.slice(0, 2000);
    throw new Error([`${check}: ${words}`, ...sent, `answer: ${answer.status} ${body}`].join("\n"));
  };

  /** What earlier answers say about this one. */
  function checkMemory(
    { shot, aimed, answer }: Exchange,
    key: (typeof found extends Map<string, infer V> ? V : never) | undefined,
  ): void {
    const { gid = "", id = "" } = aimed.texts;
    const { path } = shot.route;
    if (shot.asker === "found" && key?.revoked === true && path.startsWith("/v1/") && answer.status !== 401) {
      fail("a revoked key opens nothing", `it got ${answer.status}`, answer);
    }
    if (
      path.startsWith("/v1/groups/{gid}") &&
      deleted.has(gid) &&
      answer.status < 400 &&
      shot.route.method !== "DELETE"
    ) {
      fail("what was deleted is gone", `group ${gid} is used`, answer);
    }
    if (shot.otherMethod !== undefined || answer.status >= 300) return;
    if (shot.route.method === "DELETE" && path === "/v1/groups/{gid}") deleted.add(gid);
    // Either may take a group up that was gone here.
    if (path.includes("/resolutions") || path.includes("/group-imports")) deleted.clear();
    const value = readJson(answer.text);
    const made = Object(value) as { id?: string; key?: string };
    if (made.id !== undefined && made.key !== undefined)
      found.set(made.id, { key: made.key, revoked: false });
    if (shot.route.method === "DELETE" && path === "/v1/api-keys/{id}") {
      const known = found.get(id);
      if (known !== undefined) known.revoked = true;
    }
    pool.learn(value);
  }

  for (const shot of shots) {
    const last = shot.asker === "found" ? [...found.values()].at(-1) : undefined;
    // Nobody has found a key yet: then the question is asked with none.
    const asked: Shot = shot.asker === "found" && last === undefined ? { ...shot, asker: "none" } : shot;
    const keys = { ...target.keys, none: undefined, found: last?.key };
    const aimed = aim(asked, { pool, keys });
    sent.push(curlOf(aimed));
    if (shot.lost) target.lose?.(true);
    const answer = await send(target, aimed);
    if (shot.lost) target.lose?.(false);
    met.requests += 1;
    const name = `${asked.otherMethod ?? asked.route.operation.operationId} ${answer.status}`;
    met.statuses.set(name, (met.statuses.get(name) ?? 0) + 1);
    const exchange = { shot: { ...asked, lost: asked.lost && target.lose !== undefined }, aimed, answer };
    const { type } = Object(readJson(answer.text)) as { type?: unknown };
    if (answer.status >= 400 && typeof type === "string") met.problems.add(type);
    for (const [check, run] of Object.entries(checks)) {
      for (const words of run(exchange)) fail(check, words, answer);
    }
    checkMemory(exchange, last);

    const location = answer.headers.get("location");
    if (answer.status === 201 && location !== null) {
      const made = await target.ask(location, { headers: { authorization: `Bearer ${target.keys.full}` } });
      if (made.status !== 200) fail("what was made is there", `${location} is ${made.status}`, answer);
    }
    if (
      shot.again &&
      aimed.headers["idempotency-key"] !== undefined &&
      answer.status < 300 &&
      shot.otherMethod === undefined
    ) {
      const second = await send(target, aimed);
      met.requests += 1;
      const changes = !["GET", "HEAD"].includes(aimed.method);
      const same = second.status === answer.status && second.text === answer.text;
      if (changes && !same)
        fail("the same key gets the same answer", `${second.status} ${second.text}`, answer);
    }
  }
}
