import type { Difference, Entry } from "../control/schemas.ts";
import { dateTime, duration, listed, plural } from "../text/words.ts";
import type { RequestForm } from "./control-effects.ts";
import type { MockScreen, MockState, MockTab } from "./mock.ts";

/** What the tabs of the mock's screen are called. */
export const mockTitles = {
  journal: "Journal",
  clock: "Clock",
  faults: "Faults",
  saved: "Snapshots",
  worlds: "Worlds",
} as const satisfies Record<MockTab, string>;

const forms = ["curl", "vitest"] as const satisfies readonly RequestForm[];

/** The other way to write a request of the journal. */
export const otherForm = (form: RequestForm): RequestForm => (form === "curl" ? "vitest" : "curl");

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** A request of the journal in full: what happened and why, how to send it again, what was asked and answered. */
export function requestText(entry: Entry, { format, written }: MockScreen): string {
  const { n, method, path, query, content_type, body, answer, status, fault, explanation } = entry;
  const code = written?.n === n && written.as === format ? written.text : "";
  const { rule, relied, summary } = explanation;
  return [
    summary,
    ...(rule === undefined ? [] : [`rule: ${rule.sentence} (${rule.source})`]),
    ...relied.map(({ sentence, source }) => `assumed: ${sentence} (${source})`),
    ...(fault === undefined ? [] : [`injected: ${fault}`]),
    "",
    forms.map((form) => (form === format ? `[${form}]` : ` ${form} `)).join(" "),
    code.trimEnd(),
    "",
    "request",
    `${method} ${path}${query === "" ? "" : `?${query}`}`,
    ...(content_type === "" ? [] : [content_type]),
    ...(body === "" ? [] : [pretty(body)]),
    "",
    `answer, ${status === undefined ? "none went out" : `HTTP ${status}`}`,
    ...(answer === "" ? [] : [pretty(answer)]),
  ].join("\n");
}

/** How far a clock is from the machine's. */
function aheadWords(ahead: number): string {
  if (Math.abs(ahead) < 1) return "the machine's time";
  return `${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} the machine's time`;
}

/** A world's time in sentences, and the groups that end next. */
export function clockSentences({ reading }: MockState): readonly string[] {
  if (reading === undefined) return [];
  const { now, frozen, ahead, expires_next: next } = reading.clock;
  return [
    `It is ${dateTime(now * 1000)} in this world, ${aheadWords(ahead)}.`,
    frozen ? "The clock stands still." : "The clock runs.",
    next.length === 0 ? "No group ends." : "These groups end next:",
  ];
}

/** The groups that end next, one a line. */
export const endingGroups = ({ reading }: MockState): readonly string[] =>
  reading?.clock.expires_next.map(
    ({ gid, name, in_seconds }) => `in ${duration(in_seconds)}: ${gid} ${name}`,
  ) ?? [];

/** Which mock it is, in sentences. */
export function identitySentences({ reading }: MockState): readonly string[] {
  if (reading === undefined) return [];
  const { identity, world } = reading;
  return [
    `mesibo-mock ${identity.build}, instance ${identity.instance.slice(0, 8)}, seed ${identity.seed}.`,
    `This app works in world ${world.id}.`,
  ];
}

const some = (what: string, items: readonly (string | number)[]): readonly string[] =>
  items.length === 0 ? [] : [`${what}: ${listed(items.map(String), 6)}.`];

/** What differs between the world as it is and a snapshot of it, in sentences. */
export function differenceText({ same, users, groups, members }: Difference): string {
  if (same) return "Nothing differs: the world is as it was.";
  return [
    ...some("users that are new", users.only_a),
    ...some("users that are gone", users.only_b),
    ...some(
      "users that changed",
      users.changed.map(({ key }) => key),
    ),
    ...some("groups that are new", groups.only_a),
    ...some("groups that are gone", groups.only_b),
    ...groups.changed.map(
      ({ key, fields }) =>
        `group ${key}: ${fields.map(({ field, a, b }) => `${field} was ${JSON.stringify(b)}, is ${JSON.stringify(a)}`).join("; ")}.`,
    ),
    ...members.flatMap(({ gid, only_a, only_b, changed }) => [
      ...some(`group ${gid}, ${plural(only_a.length, "new member")}`, only_a),
      ...some(`group ${gid}, ${plural(only_b.length, "member")} gone`, only_b),
      ...some(
        `group ${gid}, other permissions`,
        changed.map(({ address }) => address),
      ),
    ]),
  ].join("\n");
}
