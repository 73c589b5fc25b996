import type { ReactNode } from "react";
import { dialogPage } from "../state/dialog-page.ts";
import { keyHere } from "../state/key-here.ts";
import type { State } from "../state/model.ts";
import type {
  ConfirmDialog,
  ConflictDialog,
  Dialog,
  DraftDialog,
  MessageDialog,
  NoticeDialog,
  PaletteDialog,
  PromptDialog,
} from "../state/dialogs.ts";
import { windowOf } from "../state/list.ts";
import { draftTitle } from "../state/edited-call.ts";
import { offers } from "../state/palette.ts";
import { promptAnswer, promptWords } from "../state/prompt.ts";
import { sanitize } from "../text/sanitize.ts";
import { plural } from "../text/words.ts";
import { wrap } from "../text/width.ts";
import { drawPage, drawSource, type Drawn } from "./bulk-dialogs.tsx";
import { Line, Span } from "./components/line.tsx";
import { OfferRow } from "./components/offer-row.tsx";
import { Panel, PANEL_FRAME } from "./components/panel.tsx";
import { Scroll } from "./components/scroll.tsx";
import { TextInput } from "./components/text-input.tsx";

const paragraphs = (lines: readonly string[], width: number): readonly string[] =>
  lines.flatMap((line) => wrap(sanitize(line), width));

/** Columns and rows that a dialog has inside. */
interface Room {
  readonly width: number;
  readonly room: number;
}

/** The first of some rows, and how many there are besides: what is below them has to be in sight. */
function fitted(rows: readonly string[], room: number): readonly string[] {
  if (rows.length <= room) return rows;
  const shown = rows.slice(0, Math.max(0, room - 1));
  return [...shown, `and ${plural(rows.length - shown.length, "more line")}`];
}

function drawConfirm({ title, lines, verb, phrase, typed }: ConfirmDialog, { width, room }: Room): Drawn {
  const text = fitted(paragraphs(lines, width), room - (phrase === undefined ? 2 : 3));
  const button = <Span tone="accent">[ Cancel ]</Span>;
  if (phrase === undefined) {
    return {
      title,
      rows: [
        ...text,
        "",
        <>
          {button} enter or esc cancels, y: {verb}
        </>,
      ],
    };
  }
  const field = <TextInput field={typed} width={12} focused />;
  const ready = typed.text === phrase;
  const next = ready ? `Now y: ${verb}. Enter or esc cancels.` : `Enter or esc cancels. Then y: ${verb}.`;
  return {
    title,
    rows: [
      ...text,
      "",
      <>
        Type {phrase} to go on: {field}
      </>,
      next,
    ],
  };
}

const drawConflict = ({ messages, settled }: ConflictDialog, state: State, width: number): Drawn => ({
  title: "The flags contradict themselves",
  rows: [
    ...paragraphs(messages, width),
    "",
    `${keyHere(state, "keep_bits")} writes both bits as they are.`,
    `${keyHere(state, "clear_bits")} keeps what we read: sends ${settled.send}, receives ${settled.receive.replace("_", " ")}.`,
  ],
});

function drawDraft({ faults }: DraftDialog, state: State, { width, room }: Room): Drawn {
  const key = keyHere(state, "edit_again");
  const rows = fitted(paragraphs(faults, width), room - 2);
  return { title: draftTitle(faults), rows: [...rows, "", `${key} edits it again, esc drops it.`] };
}

const drawNotice = ({ text, profile }: NoticeDialog, { connection }: State, width: number): Drawn => ({
  title: `Before ${profile ?? connection.name} is asked anything`,
  rows: [
    ...paragraphs([text], width),
    "",
    profile === undefined
      ? "y connects, esc or q leaves without a call."
      : "y connects, esc or q stays with what is connected now.",
  ],
});

function drawPrompt(dialog: PromptDialog, width: number): Drawn {
  const { title, about } = promptWords[dialog.of];
  const answer = dialog.text.text === "" ? undefined : promptAnswer(dialog);
  return {
    title,
    rows: [
      ...paragraphs([about], width),
      "",
      <>
        {"> "}
        <TextInput field={dialog.text} width={width - 3} focused />
      </>,
      ...(answer?.ok === false ? paragraphs([answer.fault], width) : [""]),
    ],
  };
}

const drawMessage = ({ title, text, top }: MessageDialog, width: number, height: number): Drawn => ({
  title,
  rows: [<Scroll key="text" text={text} top={top} width={width} height={Math.max(1, height)} />],
});

/** Rows that a message takes, so that its panel is no higher than it needs to be. */
const messageRows = ({ text }: MessageDialog, width: number): number =>
  paragraphs(text.split("\n"), width - 2).length;

/** Rows of the palette that are shown at once. */
const PALETTE_ROWS = 10;

function drawPalette(state: State, dialog: PaletteDialog, width: number): Drawn {
  const all = offers(state, dialog);
  const { cursor, query } = dialog;
  const height = Math.max(3, Math.min(PALETTE_ROWS, state.size.rows - 9));
  const { top, end } = windowOf({ cursor, count: all.length, height });
  const rows = all
    .slice(top, end)
    .map((offer, index) => (
      <OfferRow key={`${top + index}`} offer={offer} front={top + index === cursor} width={width} />
    ));
  const none = "No command has these words. A number opens that group, 0x91 explains flags.";
  return {
    title: `Commands: ${all.length}`,
    rows: [
      <>
        {": "}
        <TextInput field={query} width={width - 3} focused />
      </>,
      ...(rows.length === 0 ? paragraphs([none], width) : rows),
    ],
  };
}

function draw(state: State, dialog: Dialog, { width, room }: Room): Drawn {
  switch (dialog.kind) {
    case "confirm":
      return drawConfirm(dialog, { width, room });
    case "conflict":
      return drawConflict(dialog, state, width);
    case "draft":
      return drawDraft(dialog, state, { width, room });
    case "bulk":
    case "result": {
      const page = dialogPage(state);
      if (page !== undefined) return drawPage(page, width);
      return dialog.kind === "bulk"
        ? drawSource(dialog, width)
        : { title: "This job is forgotten", rows: [] };
    }
    case "notice":
      return drawNotice(dialog, state, width);
    case "palette":
      return drawPalette(state, dialog, width);
    case "prompt":
      return drawPrompt(dialog, width);
    case "message":
      return drawMessage(dialog, width, Math.min(messageRows(dialog, width), state.size.rows - 6));
  }
}

/** A dialog with the rows that it takes. */
export interface DialogView {
  readonly height: number;
  readonly node: ReactNode;
}

/** The dialog in front, at most `room` rows high. */
export function dialogView(state: State, room: number): DialogView | undefined {
  const { dialog, size } = state;
  if (dialog === undefined) return undefined;
  const width = size.columns - 4;
  const { title, rows } = draw(state, dialog, { width, room: room - PANEL_FRAME });
  const inside =
    dialog.kind === "message" ? Math.min(messageRows(dialog, width), size.rows - 6) : rows.length;
  const height = Math.min(room, inside + PANEL_FRAME);
  const node = (
    <Panel title={sanitize(title)} height={height}>
      {dialog.kind === "message"
        ? rows
        : rows
            .slice(0, height - PANEL_FRAME)
            .map((row, index) => <Line key={`${index}`}>{row === "" ? " " : row}</Line>)}
    </Panel>
  );
  return { height, node };
}
