import type { Entry } from "./entry.ts";
import type { Explanation } from "./explain.ts";

/** What a summary is made from besides the entry. */
type Findings = Pick<Explanation, "fields" | "ignored">;

const MAX_SHOWN = 60;

const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text);

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

function reason({ refusal }: Entry, { fields }: Findings): string {
  const cause = (refusal?.cause ?? "").replace(/\.$/, "");
  const sent = fields.flatMap(({ name, value }) =>
    value === undefined || cause.includes(value) ? [] : [`${name}=${shown(value)}`],
  );
  return sent.length === 0 ? cause : `${cause} (${sent.join(", ")})`;
}

/** Where a body stops being JSON; nothing of the body itself, which may hold the token. */
function jsonFault({ body, cut, refusal }: Entry): readonly string[] {
  if (refusal?.error !== "BADREQUEST" || cut.includes("body")) return [];
  try {
    JSON.parse(body);
    return ["It is JSON, and no object."];
  } catch (error) {
    const place = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    if (place === undefined || Number(place) >= body.length) return ["It ends before the object does."];
    const before = body.slice(0, Number(place)).split("\n");
    return [`It is no JSON at line ${before.length}, character ${(before.at(-1) ?? "").length + 1}.`];
  }
}

const meantFields = ({ fields }: Findings): readonly string[] =>
  fields.flatMap(({ name, nearest }) => (nearest === undefined ? [] : [`${name}=${shown(nearest)}`]));

function hints({ ignored, fields }: Findings): readonly string[] {
  const values = meantFields({ ignored, fields });
  return [
    ...(values.length === 0 ? [] : [`Did you mean ${values.join(" and ")}?`]),
    ...ignored.flatMap(({ name, nearest }) =>
      nearest === undefined
        ? []
        : [`mesibo has no parameter ${JSON.stringify(shown(name))} and ignored it; did you mean ${nearest}?`],
    ),
  ];
}

function outcome(entry: Entry, findings: Findings): string {
  const { op, result, refusal, fault } = entry;
  const name = op === "" ? "A request without an op" : shown(op);
  if (result === "done") return `${name} was done${fault === undefined ? "" : `, with ${fault} injected`}.`;
  if (result === "defect") return `The mock failed on ${name}: please report it.`;
  if (result === "fault") return `${name} did not reach mesibo's rules: ${fault ?? "a fault"} was injected.`;
  return sentence(`${name} was refused with ${refusal?.error ?? "FAIL"}: ${reason(entry, findings)}`);
}

/** What happened to a request, why, and what was probably meant, in a few sentences. */
export const summarize = (entry: Entry, findings: Findings): string =>
  [outcome(entry, findings), ...jsonFault(entry), ...hints(findings)].join(" ");
