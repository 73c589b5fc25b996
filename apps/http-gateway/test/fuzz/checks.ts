import type { Answered, Check, Exchange, Judge } from "./check.ts";
import { readJson } from "./check.ts";

const mediaOf = ({ headers }: Answered): string =>
  (headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
const isProtected = ({ shot }: Exchange): boolean => shot.route.path.startsWith("/v1/");
const isDocumentedMethod = ({ shot }: Exchange): boolean => shot.otherMethod === undefined;
/** No text of a database holds a NUL, so no URL does, whatever its route and its method. */
const holdsNul = ({ shot }: Exchange): boolean =>
  Object.values(shot.parameters).some(({ text }) => text.includes("\0"));
const said = (wrong: boolean, words: string): readonly string[] => (wrong ? [words] : []);

/** Fields with rules that a JSON schema cannot say: which bits go together, what a page is, what bytes an address has. */
const unsaid =
  /^\/(?:name|groups\/name_prefix|flag|flags\/other|cursor|gid|accept_duplicate_risk|value|base|types|sender|last_in_turn|offline\/\d+|items\/\d+\/permissions|(?:.*\/)?address)$/;

/** Every value of this field, however deep. */
function* valuesOf(value: unknown, field: string): Generator {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inside] of Object.entries(value)) {
    if (name === field) yield inside;
    yield* valuesOf(inside, field);
  }
}

/** Every check of one exchange by itself. */
export function createChecks(judge: Judge): Readonly<Record<string, Check>> {
  const documented = ({ shot, answer }: Exchange) => shot.route.operation.responses[String(answer.status)];
  const judged = ({ shot, aimed }: Exchange) => judge.request(shot, aimed);

  return {
    "no answer is ours to be ashamed of": ({ shot, answer: { status } }) =>
      said(status === 500 || (status > 500 && !shot.lost), `${status} without a fault`),

    "the status is documented": (exchange) =>
      said(
        isDocumentedMethod(exchange) && documented(exchange) === undefined,
        `${exchange.answer.status} is not documented`,
      ),

    "a method that is not documented is refused, with those that are": (exchange) => {
      const { shot, answer } = exchange;
      // What cannot be answered in a way that is understood is not looked at any further.
      if (
        isDocumentedMethod(exchange) ||
        answer.status === 406 ||
        (isProtected(exchange) && holdsNul(exchange)) ||
        (isProtected(exchange) && shot.asker !== "full")
      )
        return [];
      return said(
        answer.status !== 405 || answer.headers.get("allow") === null,
        `${answer.status} without Allow`,
      );
    },

    "the media type is documented, and the value is as documented": (exchange) => {
      const { shot, answer } = exchange;
      if (!isDocumentedMethod(exchange)) return [];
      const content = documented(exchange)?.content ?? {};
      const media = mediaOf(answer);
      if (Object.keys(content).length === 0) return said(answer.text !== "", "a body that is not documented");
      if (content[media] === undefined) return [`media type ${media} is not documented`];
      const isText = media.startsWith("text/");
      const faultOf = (value: unknown) => judge.response(shot, { status: answer.status, media, value });
      if (!/ndjson/.test(media)) return [faultOf(isText ? answer.text : readJson(answer.text)) ?? []].flat();
      // The document can say what the lines are, or that it is a text of lines.
      const lines = answer.text.split("\n").slice(0, -1).map(readJson);
      if (lines.includes(undefined)) return ["a line that is not JSON"];
      return faultOf(answer.text) === undefined ? [] : lines.flatMap((line) => faultOf(line) ?? []);
    },

    "documented headers are there": (exchange) => {
      if (!isDocumentedMethod(exchange)) return [];
      const missing = Object.entries(documented(exchange)?.headers ?? {})
        .filter(([name, { required }]) => required === true && !exchange.answer.headers.has(name))
        .map(([name]) => name);
      return said(missing.length > 0, `no ${missing.join(", ")}`);
    },

    "every answer has a request id, and one of ours below /v1 is not stored": (exchange) => {
      const { headers } = exchange.answer;
      const stored = isProtected(exchange) && headers.get("cache-control") !== "no-store";
      return [...said(!headers.has("x-request-id"), "no X-Request-Id"), ...said(stored, "may be stored")];
    },

    "a failure is a problem with its status and its request's id": ({ answer }) => {
      if (answer.status < 400) return [];
      const problem = Object(readJson(answer.text)) as { status?: number; instance?: string; type?: string };
      const right =
        mediaOf(answer) === "application/problem+json" &&
        problem.status === answer.status &&
        problem.type?.startsWith("/problems/") === true;
      // A stored problem keeps the id of the request that it was first told to.
      const own =
        problem.instance === answer.headers.get("x-request-id") || answer.headers.has("idempotency-replayed");
      return said(!right || !own, `no problem of this request: ${answer.text.slice(0, 200)}`);
    },

    "whoever has no key gets nothing": (exchange) => {
      const { shot, answer } = exchange;
      if (!isProtected(exchange) || !["none", "wrong"].includes(shot.asker)) return [];
      // Who has come too often without one is told to wait.
      if (answer.status === 429) return said(!answer.headers.has("retry-after"), "429 without Retry-After");
      return said(
        answer.status !== 401 || !answer.headers.has("www-authenticate"),
        `${answer.status} without a key`,
      );
    },

    "a key for another group sees no other group and makes no greater key": ({ shot, answer }) => {
      if (shot.asker !== "foreign" || answer.status >= 400 || !shot.route.path.startsWith("/v1/")) return [];
      const value = readJson(answer.text);
      const gids = [...valuesOf(value, "gid")].filter((gid) => gid !== null && gid !== 1);
      const greater =
        answer.status === 201 &&
        [...valuesOf(value, "key")].length > 0 &&
        [...valuesOf(value, "groups")].includes(null);
      return [...said(gids.length > 0, `saw ${gids.join()}`), ...said(greater, "made a key for every group")];
    },

    "what the document does not allow is refused": (exchange) => {
      const { bodyIsValid, parametersAreValid } = judged(exchange);
      const bad = !bodyIsValid || !parametersAreValid;
      return said(
        bad && isDocumentedMethod(exchange) && exchange.answer.status < 400,
        "taken, though not as documented",
      );
    },

    "what the document allows is not refused as unreadable": (exchange) => {
      const { shot, answer } = exchange;
      const { bodyIsValid, parametersAreValid, headersAreValid } = judged(exchange);
      const plain =
        shot.headers["accept"] === undefined && shot.asker === "full" && isDocumentedMethod(exchange);
      if (!plain || !bodyIsValid || !parametersAreValid || !headersAreValid) return [];
      if (holdsNul(exchange)) return [];
      // What lines of text hold is in words only.
      if (shot.body !== undefined && !/^application\/(?:.*\+)?json$/.test(shot.body.media)) return [];
      const refused = [400, 401, 403, 405, 406, 413, 415, 421].includes(answer.status);
      const { errors = [] } = Object(readJson(answer.text)) as { errors?: readonly { pointer: string }[] };
      const isUnsaid = errors.length > 0 && errors.every(({ pointer }) => unsaid.test(pointer));
      return said(refused && !isUnsaid, `refused: ${answer.text.slice(0, 400)}`);
    },
  };
}
