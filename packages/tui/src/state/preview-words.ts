import { permissionNames, type Permissions } from "@mesibo-groups/core";
import { planWords } from "../bulk/plan.ts";
import { shown, type Duplicate, type Preview } from "../bulk/preview.ts";
import type { BulkList } from "../bulk/read.ts";
import type { BadRow } from "../bulk/row.ts";
import { shorten } from "../text/width.ts";
import { plural } from "../text/words.ts";

/** The five permissions as boxes. */
export const permissionRow = (permissions: Permissions): string =>
  permissionNames.map((name) => `[${permissions[name] ? "x" : " "}] ${name}`).join(" ");

/** `3 new, 1 already a member, 0 duplicates, 2 invalid`. */
export function previewCounts({ added, updated, duplicates, invalid }: Preview): string {
  const members = plural(updated.length, "already a member", "already members");
  const numbers = [added.length, invalid.length].map((count) => count.toLocaleString("en"));
  return `${numbers[0]} new, ${members}, ${plural(duplicates.length, "duplicate")}, ${numbers[1]} invalid`;
}

function section<T>(title: string, rows: readonly T[], words: (row: T) => string): readonly string[] {
  const { count, first } = shown(rows);
  if (count === 0) return [];
  const more = count - first.length;
  const rest = more === 0 ? [] : [`  and ${more.toLocaleString("en")} more`];
  return ["", `${title}:`, ...first.map((row) => `  ${words(row)}`), ...rest];
}

const at = ({ line, address }: { readonly line?: number | undefined; readonly address: string }): string =>
  line === undefined ? address : `line ${line}: ${address}`;

const duplicateWords = ({ line, address, first, differs }: Duplicate): string =>
  `line ${line}: ${address}, as in line ${first}${differs ? ", but with other permissions" : ""}; line ${first} counts`;

// What is no address may be as long as the whole list.
const badWords = ({ line, text, reason }: BadRow): string =>
  `line ${line}: ${shorten(text, { width: 40, ellipsis: ".." }).text} ${reason}`;

function ownPermissions({ rows }: BulkList): readonly string[] {
  const own = rows.filter(({ permissions }) => Object.keys(permissions).length > 0).length;
  if (own === 0) return [];
  return [
    `${plural(own, "row has permissions", "rows have permissions")} of their own, which count; the boxes above are for what the rows do not say.`,
  ];
}

const ignoredWords = ({ ignored }: BulkList): readonly string[] =>
  ignored.map(({ name, nearest }) => {
    const column = `The column ${shorten(name, { width: 30, ellipsis: ".." }).text} is not used.`;
    return nearest === undefined ? column : `${column} Is it meant to be ${nearest}?`;
  });

/** What a list would do, in full, a paragraph each. */
export function previewParagraphs(list: BulkList, preview: Preview): readonly string[] {
  const { plan, added, updated, duplicates, invalid, certain } = preview;
  const unsure = "Not all members of the group are known, so some of the new may be members already.";
  return [
    plan.members === 0 ? "Nothing can be sent." : `${planWords(plan)}.`,
    ...ownPermissions(list),
    ...ignoredWords(list),
    ...(certain || added.length === 0 ? [] : [unsure]),
    "mesibo may count each user whom an operation touches as active in this month.",
    ...section("Invalid, and not sent", invalid, badWords),
    ...section("New", added, at),
    ...section("Already members, who get these permissions", updated, at),
    ...section("Duplicates", duplicates, duplicateWords),
  ];
}
