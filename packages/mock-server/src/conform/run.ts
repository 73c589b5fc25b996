import { collect, findOp } from "@mesibo-groups/core/wire";
import { createCanon, type Canon } from "./canonical.ts";
import type { Case, Json, Step } from "./case.ts";
import { answerDifferences, type AnswerDifference } from "./differences.ts";

/** A mesibo to ask: the mock in this process, one over HTTP, or the real one. */
export interface Target {
  readonly token: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Undefined where a generation is not there. */
  readonly urls: { readonly v1: string | undefined; readonly v2: string };
  /** Between two requests. */
  readonly pauseMs: number;
}

/** What became of a case. */
export type CaseResult = "passed" | "differs" | "not_prepared" | "not_there" | "stopped";

/** An answer that was not as expected. */
export interface StepReport {
  /** From 1. */
  readonly step: number;
  readonly differences: readonly AnswerDifference[];
}

/** What a case came to. */
export interface CaseReport {
  readonly id: string;
  readonly title: string;
  readonly result: CaseResult;
  readonly confirmed: readonly string[];
  readonly refuted: readonly string[];
  readonly steps: readonly StepReport[];
  /** Why nothing more may be asked, where that is so. */
  readonly stopped?: string | undefined;
  /** What it made and could not remove. */
  readonly left: readonly string[];
}

/** The service refuses the token, or cannot be reached: there is no use in going on. */
class TargetError extends Error {
  override readonly name = "TargetError";
  /** Whether nothing more may be sent, not even to remove what was made. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** Answers after which nothing more may be sent: more calls would make it worse. */
const final = new Set(["AUTHFAIL", "TOKENBREACH", "INVALIDTOKEN"]);

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { not_json: text.slice(0, 80) };
  }
}

async function exchange(
  target: Target,
  { url, init, expected }: { readonly url: string; readonly init: RequestInit; readonly expected?: unknown },
): Promise<Answered> {
  if (target.pauseMs > 0) await pause(target.pauseMs);
  let answer: Response;
  let body: unknown;
  try {
    answer = await target.fetch(url, { redirect: "manual", ...init });
    body = parseJson(await answer.text());
  } catch (error) {
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
    const code = member(cause, "code");
    throw new TargetError(
      `The service cannot be reached (${typeof code === "string" ? code : "network failure"}).`,
      false,
    );
  }
  const refusal = member(body, "error");
  if (typeof refusal === "string" && final.has(refusal) && refusal !== expected)
    throw new TargetError(`The service refuses the app token with ${refusal}; nothing more was sent.`, true);
  return { status: answer.status, body };
}

/** A step as it is sent. */
interface Written {
  /** Without `?`. */
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
}

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

function write(canon: Canon, { query = "", form, json }: Step): Written {
  const written = { query: canon.request(query, encodeURIComponent), contentType: "", body: "" };
  if (form !== undefined) {
    const body = canon.request(form, encodeURIComponent);
    return { ...written, contentType: "application/x-www-form-urlencoded", body };
  }
  if (json === undefined) return written;
  // A reference to a number is one without its quotes.
  const text = JSON.stringify(json).replaceAll(/"(<(?:gid|uid|mid)\d+>)"/g, "$1");
  return { ...written, contentType: "application/json", body: canon.request(text, inJson) };
}

function send(target: Target, { to, method, expected }: Step, written: Written): Promise<Answered> {
  const { query, contentType, body } = written;
  const url = `${target.urls[to] ?? ""}${query === "" ? "" : `?${query}`}`;
  const init = { method, ...(contentType === "" ? {} : { headers: { "content-type": contentType }, body }) };
  return exchange(target, { url, init, expected: expected["error"] });
}

interface Made {
  readonly gids: Set<number>;
  addresses: Set<string>;
}

const nameOf = {
  group: (gid: number): string => `group ${gid}`,
  user: (address: string): string => `user ${address}`,
};

/** What a case has made, in words. */
const everything = ({ gids, addresses }: Made): readonly string[] => [
  ...Array.from(gids, nameOf.group),
  ...Array.from(addresses, nameOf.user),
];

/** Removes what a case has made, and answers what it could not remove. */
async function tidy(target: Target, { gids, addresses }: Made): Promise<readonly string[]> {
  const { token } = target;
  const removals: readonly (readonly [string, Json])[] = [
    ...[...gids].map((gid) => [nameOf.group(gid), { op: "groupdel", token, group: { gid } }] as const),
    ...[...addresses].map(
      (address) => [nameOf.user(address), { op: "userdel", token, user: { address } }] as const,
    ),
  ];
  const left: string[] = [];
  for (const [what, request] of removals) {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(request) };
    const answered = await exchange(target, { url: target.urls.v2, init }).catch(() => undefined);
    // A case may have removed it itself.
    const gone = member(answered?.body, "result") === true || member(answered?.body, "code") === 404;
    if (!gone) left.push(what);
  }
  return left;
}

/** The addresses of users that a request makes: those of `useradd`, and those of a message that is forced. */
function madeBy(written: Written): readonly string[] {
  const { op, params } = collect(written);
  const name = findOp(op);
  if (name === "useradd") return [params["addr"] ?? ""].filter((address) => address !== "");
  if (name !== "message" || params["forced"] === undefined) return [];
  return [params["from"] ?? "", ...(params["to"] ?? "").split(",")]
    .map((address) => address.trim())
    .filter((address) => address !== "");
}

interface Findings {
  readonly confirmed: Set<string>;
  readonly refuted: Set<string>;
  readonly steps: StepReport[];
}

/** Runs the steps, as far as each rests on those before. */
async function runSteps(target: Target, { steps }: Case, prefix: string, made: Made): Promise<Findings> {
  const canon = createCanon({ token: target.token, prefix });
  const found: Findings = { confirmed: new Set(), refuted: new Set(), steps: [] };
  for (const [index, step] of steps.entries()) {
    if (step.waitMs !== undefined) await pause(step.waitMs);
    const written = write(canon, step);
    const before = new Set(made.addresses);
    // Before it is sent: where no answer comes it may have happened.
    for (const address of madeBy(written)) made.addresses.add(address);
    const { status, body } = await send(target, step, written).catch((error: unknown) => {
      if (error instanceof TargetError && error.isFinal) made.addresses = before;
      throw error;
    });
    if (member(body, "result") === false) made.addresses = before;
    const gid = Number(member(member(body, "group"), "gid"));
    if (Number.isSafeInteger(gid)) made.gids.add(gid);
    const differences = [
      ...answerDifferences(step.expected, canon.answer(body)),
      ...(status === 200 ? [] : [{ field: "HTTP status", expected: 200, got: status }]),
    ];
    for (const shown of step.shows) (differences.length === 0 ? found.confirmed : found.refuted).add(shown);
    if (differences.length === 0) continue;
    found.steps.push({ step: index + 1, differences });
    if (step.shows.length === 0) break;
  }
  return found;
}

/** Runs one case, and removes what it has made whatever comes. */
export async function runCase(target: Target, asked: Case, prefix: string): Promise<CaseReport> {
  const { id, title, steps } = asked;
  const empty = { id, title, confirmed: [], refuted: [], steps: [], left: [] };
  if (steps.some(({ to }) => target.urls[to] === undefined)) return { ...empty, result: "not_there" };
  const made: Made = { gids: new Set(), addresses: new Set() };
  try {
    const { confirmed, refuted, steps: reports } = await runSteps(target, asked, prefix, made);
    const unprepared = reports.some(({ step }) => steps[step - 1]?.shows.length === 0);
    return {
      ...empty,
      result: unprepared ? "not_prepared" : refuted.size > 0 ? "differs" : "passed",
      confirmed: [...confirmed].filter((each) => !refuted.has(each)),
      refuted: [...refuted],
      steps: reports,
      left: await tidy(target, made),
    };
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const left = error.isFinal ? everything(made) : await tidy(target, made);
    return { ...empty, result: "stopped", stopped: error.message, left };
  }
}
