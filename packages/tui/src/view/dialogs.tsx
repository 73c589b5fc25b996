import { permissionNames, type Permissions } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { readList } from "../state/actions/members.ts";
import type {
  AddDialog,
  ConfirmDialog,
  ConflictDialog,
  Dialog,
  MessageDialog,
  MissingDialog,
  NoticeDialog,
  PaletteDialog,
  State,
} from "../state/model.ts";
import { windowOf } from "../state/list.ts";
import { offers } from "../state/palette.ts";
import { sanitize } from "../text/sanitize.ts";
import { wrap } from "../text/width.ts";
import { listed, plural } from "../text/words.ts";
import { Line, Span } from "./components/line.tsx";
import { OfferRow } from "./components/offer-row.tsx";
import { Panel, PANEL_FRAME } from "./components/panel.tsx";
import { Scroll } from "./components/scroll.tsx";
import { TextInput } from "./components/text-input.tsx";

/** A dialog ready to draw: its title and its rows. */
interface Drawn {
  readonly title: string;
  readonly rows: readonly ReactNode[];
}

const paragraphs = (lines: readonly string[], width: number): readonly string[] =>
  lines.flatMap((line) => wrap(sanitize(line), width));

function drawConfirm({ title, lines, verb, phrase, typed }: ConfirmDialog, width: number): Drawn {
  const text = paragraphs(lines, width);
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

const drawConflict = ({ messages, settled }: ConflictDialog, width: number): Drawn => ({
  title: "The flags contradict themselves",
  rows: [
    ...paragraphs(messages, width),
    "",
    "k writes both bits as they are.",
    `c keeps what we read: sends ${settled.send}, receives ${settled.receive.replace("_", " ")}.`,
  ],
});

const permissionRow = (permissions: Permissions): string =>
  permissionNames.map((name) => `[${permissions[name] ? "x" : " "}] ${name}`).join("  ");

const bad = (state: State, dialog: AddDialog): readonly string[] => {
  const found = readList(state, dialog).bad;
  const shown = found
    .slice(0, 3)
    .map(({ text, line, reason }) => `line ${line}: ${text.slice(0, 40)} ${reason}`);
  return found.length > 3 ? [...shown, `and ${found.length - 3} more that cannot be sent`] : shown;
};

function drawAdd(state: State, dialog: AddDialog, width: number): Drawn {
  const title = `Add members to group ${dialog.gid}`;
  const { added, updated, duplicates, bad: wrong } = readList(state, dialog);
  if (dialog.step === "typing") {
    return {
      title,
      rows: [
        "Addresses, typed or pasted, with commas, spaces or line breaks between them:",
        "",
        <>
          {"> "}
          <TextInput field={dialog.text} width={width - 3} focused />
        </>,
        "",
        plural(added.length + updated.length, "address", "addresses"),
      ],
    };
  }
  const counts = [
    `${added.length} new`,
    updated.length === 0 ? "" : `${updated.length} already in the group (get these permissions)`,
    duplicates === 0 ? "" : `${duplicates} twice`,
    wrong.length === 0 ? "" : `${wrong.length} cannot be sent`,
  ];
  return {
    title,
    rows: [
      ...paragraphs([`${counts.filter(Boolean).join(", ")}:`, listed([...added, ...updated], 8)], width),
      ...paragraphs(bad(state, dialog), width),
      "",
      permissionRow(dialog.permissions),
      "s r p u l toggle a permission, enter adds, esc goes back.",
    ],
  };
}

function drawMissing({ addresses, added }: MissingDialog, width: number): Drawn {
  const are = addresses.length === 1 ? "is not a user" : "are not users";
  const rest = added === 0 ? [] : [`${plural(added, "other")} joined the group.`];
  return {
    title: "You can only add valid users",
    rows: [
      ...paragraphs([`${listed(addresses, 8)} ${are} of this app, so mesibo refused.`, ...rest], width),
      "",
      "c creates the missing users and adds them, enter or esc leaves it.",
    ],
  };
}

const drawNotice = ({ text }: NoticeDialog, { connection }: State, width: number): Drawn => ({
  title: `Before ${connection.name} is asked anything`,
  rows: [...paragraphs([text], width), "", "y connects, esc or q leaves without a call."],
});

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

function draw(state: State, dialog: Dialog, width: number): Drawn {
  switch (dialog.kind) {
    case "confirm":
      return drawConfirm(dialog, width);
    case "conflict":
      return drawConflict(dialog, width);
    case "add":
      return drawAdd(state, dialog, width);
    case "missing":
      return drawMissing(dialog, width);
    case "notice":
      return drawNotice(dialog, state, width);
    case "palette":
      return drawPalette(state, dialog, width);
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
  const { title, rows } = draw(state, dialog, width);
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
