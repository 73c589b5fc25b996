import type { ReactNode } from "react";
import { BulkReadError } from "../bulk/limits.ts";
import { readMembers } from "../bulk/read.ts";
import { pathOf } from "../state/actions/add-members.ts";
import type { DialogPage } from "../state/dialog-page.ts";
import type { BulkDialog } from "../state/dialogs.ts";
import { sanitize } from "../text/sanitize.ts";
import { shorten, wrap } from "../text/width.ts";
import { plural } from "../text/words.ts";
import { Span } from "./components/line.tsx";
import { TextInput } from "./components/text-input.tsx";

/** A dialog ready to draw: its title and its rows. */
export interface Drawn {
  readonly title: string;
  readonly rows: readonly ReactNode[];
}

/** Characters of a text that is read with each key, to count its addresses. */
const QUICK_READ = 20_000;

function linesOf(text: string): number {
  let lines = text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

function sizeOf(text: string): string {
  const size = `${plural(linesOf(text), "line")}, ${plural(text.length, "character")}`;
  if (text.length > QUICK_READ) return size;
  try {
    const { rows, bad } = readMembers(text);
    return plural(rows.length + bad.length, "address", "addresses");
  } catch (error) {
    // What is wrong is said when it is looked over; half a header is no mistake yet.
    if (error instanceof BulkReadError) return size;
    throw error;
  }
}

function sourceNote({ text, fault, reading }: BulkDialog): string {
  const path = pathOf(text.text);
  if (fault !== undefined && path !== undefined)
    return `${fault} Type an apostrophe before an address that begins with @.`;
  if (fault !== undefined) return fault;
  if (reading !== undefined) return `Reading ${reading.path}`;
  if (path !== undefined) return `Enter reads the file ${path} and looks it over.`;
  return text.text === "" ? "" : `${sizeOf(text.text)}. Enter looks it over; nothing is sent yet.`;
}

/** Where a list is typed, pasted, or named as a file. */
export function drawSource(dialog: BulkDialog, width: number): Drawn {
  const { gid, text, fault } = dialog;
  const intro =
    "Addresses, typed or pasted, or CSV with a header such as address,send,receive; or @ and the path of a file.";
  const note = wrap(sanitize(sourceNote(dialog)), width);
  return {
    title: `Add members to group ${gid}`,
    rows: [
      ...wrap(intro, width),
      "",
      <>
        {"> "}
        <TextInput field={text} width={width - 3} focused />
      </>,
      "",
      ...note.map((line) =>
        fault === undefined || line === "" ? (
          line
        ) : (
          <Span key={line} tone="danger">
            {line}
          </Span>
        ),
      ),
    ],
  };
}

const number = (count: number): string => count.toLocaleString("en");

/** A page of a longer text, with the part in sight in its title. */
export function drawPage({ title, head, lines, top, height }: DialogPage, width: number): Drawn {
  const rows = [...head, ...lines.slice(top, top + height)];
  if (lines.length <= height) return { title, rows };
  const part = `  ${number(top + 1)}-${number(top + height)} of ${number(lines.length)}`;
  return { title: `${shorten(title, { width: width - part.length, ellipsis: ".." }).text}${part}`, rows };
}
