import { sanitize } from "../text/sanitize.ts";
import { wrap } from "../text/width.ts";
import { bulkInFront } from "./bulk-job.ts";
import { jobTitle } from "./jobs.ts";
import { previewOf } from "./list-preview.ts";
import type { State } from "./model.ts";
import { permissionRow, previewCounts, previewParagraphs } from "./preview-words.ts";
import { bulkSummary, resultParagraphs } from "./result-words.ts";

/** A text with a few lines that stay and others that are scrolled. */
export interface DialogPage {
  readonly title: string;
  /** Stays in sight. */
  readonly head: readonly string[];
  readonly lines: readonly string[];
  /** The first of the lines in sight. */
  readonly top: number;
  /** How many of the lines are in sight at once. */
  readonly height: number;
}

/** Rows that are no dialog's own: the terminal's last, title, status line, footer, and the panel's three. */
const AROUND = 7;

const INDENT = "  ";

/** Columns of the panel's border and padding. */
const BESIDE = 4;

const laidOut = new WeakMap<object, { readonly width: number; readonly lines: readonly string[] }>();

/** Paragraphs broken into lines, once for what they say; a result may have 100,000 of them. */
function linesOf(of: object, width: number, paragraphs: () => readonly string[]): readonly string[] {
  const known = laidOut.get(of);
  if (known?.width === width) return known.lines;
  const lines = broken(paragraphs(), width);
  laidOut.set(of, { width, lines });
  return lines;
}

/** A row that begins with spaces goes on further to the right, so that rows are told apart. */
const broken = (paragraphs: readonly string[], width: number): readonly string[] =>
  paragraphs.flatMap((paragraph) => {
    if (!paragraph.startsWith(INDENT)) return wrap(sanitize(paragraph), width);
    const rows = wrap(sanitize(paragraph.trimStart()), width - 2 * INDENT.length);
    return rows.map((row, index) => `${INDENT}${index === 0 ? "" : INDENT}${row}`);
  });

interface Content {
  readonly title: string;
  readonly head: readonly string[];
  readonly top: number;
  readonly lines: readonly string[];
}

function contentOf(state: State): Content | undefined {
  const { dialog, jobs } = state;
  const width = state.size.columns - BESIDE;
  if (dialog?.kind === "bulk") {
    const { list, gid, permissions, top } = dialog;
    const preview = previewOf(state, dialog);
    if (list === undefined || preview === undefined) return undefined;
    return {
      title: `Add members to group ${gid}`,
      head: [...broken([previewCounts(preview)], width), permissionRow(permissions)],
      top,
      lines: linesOf(preview, width, () => previewParagraphs(list, preview)),
    };
  }
  const bulk = bulkInFront(state);
  const job = jobs.find(({ id }) => id === bulk?.id);
  if (dialog?.kind !== "result" || bulk === undefined || job === undefined) return undefined;
  const { result, effect } = bulk;
  return {
    title: `Job ${job.id}: ${jobTitle(effect)}`,
    head: broken([bulkSummary(job, result), ...(dialog.note === undefined ? [] : [dialog.note])], width),
    top: dialog.top,
    lines: linesOf(result, width, () => resultParagraphs(result)),
  };
}

/** The dialog in front as a page, or undefined where it is none that is scrolled line by line. */
export function dialogPage(state: State): DialogPage | undefined {
  const content = contentOf(state);
  if (content === undefined) return undefined;
  const { head, lines } = content;
  const height = Math.max(1, state.size.rows - AROUND - head.length);
  return { ...content, height, top: Math.max(0, Math.min(content.top, lines.length - height)) };
}
