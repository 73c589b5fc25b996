import type { CallRecord, Effective, Route } from "@mesibo-groups/core";
import { wrap } from "../text/width.ts";
import { listed } from "../text/words.ts";

/** Columns that the tutorial's own words take at most. Calls and answers are printed as they are. */
const WIDTH = 96;

/** A paragraph, indented, with an empty line behind it. */
export const paragraph = (text: string, indent = ""): readonly string[] => [
  ...wrap(text, WIDTH - indent.length).map((line) => `${indent}${line}`),
  "",
];

// A comma and an at sign travel as they are too; so written, a call looks like mesibo's documentation.
const readable = (body: string): string => body.replaceAll("%2C", ",").replaceAll("%40", "@");

/** A call with its answer. The record holds no token. */
export const callLines = ({ op, body, answer = "" }: CallRecord): readonly string[] => [
  `  ${op}`,
  `    POST    ${readable(body)}`,
  `    answer  ${answer}`,
  "",
];

/** What somebody may do, and the rule that decides it. */
export function verdictLines(who: string, { send, receive }: Effective): readonly string[] {
  return [
    `  ${who}`,
    ...(
      [
        ["sends", send],
        ["receives", receive],
      ] as const
    ).flatMap(([does, { allowed, rule }]) => {
      const answer = `${allowed ? "yes" : "no"}.`.padEnd(5);
      return `    ${`${does}?`.padEnd(10)} ${answer}${rule.sentence} (${rule.confidence})`;
    }),
    "",
  ];
}

/** Who gets a message, and why. */
export function routeLines(sender: string, { accepted, recipients, because }: Route): readonly string[] {
  const answer = accepted ? `goes to ${listed(recipients)}` : "is not accepted";
  // The receivers' rule is the sender's where both are selected; once is enough.
  const sentences = new Set(because.map(({ sentence }) => sentence));
  return [`  A message of ${sender} ${answer}.`, ...[...sentences].map((sentence) => `    ${sentence}`), ""];
}
