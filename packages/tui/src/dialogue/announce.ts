import type { Notice, State } from "../state/model.ts";
import { plural } from "../text/words.ts";
import type { Page } from "./page.ts";

/** How many items are said at a time. */
export const ITEMS_AT_ONCE = 20;

/** How many changed items are said one by one. */
const CHANGES_AT_ONCE = 5;

const outcomes = {
  done: "Done: ",
  refused: "Refused: ",
  not_sent: "Not sent: ",
  unknown: "Unknown: ",
  info: "",
} satisfies Record<Notice["outcome"], string>;

/** How something ended, as a sentence that begins with its outcome. */
export const noticeWords = ({ outcome, text }: Notice): string => `${outcomes[outcome]}${text}`;

const sentence = (text: string): string => (/[.?!:]$/.test(text) ? text : `${text}.`);

/** Some of the items of a page, by their numbers, and how many there are besides. */
export function itemLines({ items }: Page, from: number): readonly string[] {
  const shown = items.slice(from, from + ITEMS_AT_ONCE);
  const rest = items.length - from - shown.length;
  return [
    ...shown.map(({ text }, index) => `${from + index + 1}. ${sentence(text)}`),
    ...(rest > 0 ? [`${plural(rest, "more item")}: say more.`] : []),
  ];
}

/** A whole page. */
export const pageLines = (page: Page): readonly string[] => [
  sentence(page.title),
  ...page.lines,
  ...itemLines(page, 0),
  ...(page.ask === undefined ? [] : [page.ask.question]),
];

/** What is different on a page from what was said of it last. */
function changedLines(before: Page, page: Page): readonly string[] {
  const known = new Set(before.lines);
  const lines = page.lines.filter((line) => !known.has(line));
  const texts = new Set(before.items.map(({ text }) => text));
  const items = page.items.flatMap(({ text }, index) =>
    texts.has(text) ? [] : [`${index + 1}. ${sentence(text)}`],
  );
  const asks =
    page.ask !== undefined && page.ask.question !== before.ask?.question ? [page.ask.question] : [];
  if (items.length > CHANGES_AT_ONCE) {
    return [...lines, `${plural(items.length, "item")} changed: say list to hear all of them.`, ...asks];
  }
  return [...lines, ...items, ...asks];
}

/** What has been said already. */
export interface Said {
  readonly page: Page | undefined;
  readonly notice: Notice | undefined;
}

/** What there is to say of a state after what was said before: a new page in whole, of the same one what changed. */
export function newsOf(
  said: Said,
  { state, page }: { readonly state: State; readonly page: Page },
): readonly string[] {
  const { notice } = state;
  const ended = notice !== undefined && notice !== said.notice ? [noticeWords(notice)] : [];
  const isNew = said.page === undefined || said.page.title !== page.title;
  return [...ended, ...(isNew || said.page === undefined ? pageLines(page) : changedLines(said.page, page))];
}

/** How far a task has come in tenths, where its words tell: `3/13 calls`, `40 of 100 users`. */
export function tenthsOf(text: string): number | undefined {
  const [, some = "", all = ""] = /([\d,]+)(?:\/| of )([\d,]+)/.exec(text) ?? [];
  const [done, total] = [some, all].map((number) => Number(number.replaceAll(",", "")));
  if (done === undefined || total === undefined || total === 0) return undefined;
  return Math.min(10, Math.floor((done / total) * 10));
}
