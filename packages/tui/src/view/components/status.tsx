import type { ReactNode } from "react";
import { stopHint } from "../../state/bulk-job.ts";
import { keyHere } from "../../state/key-here.ts";
import type { Notice, State } from "../../state/model.ts";
import { waitWords } from "../../state/waiting.ts";
import { shorten } from "../../text/width.ts";
import { useGlyphs, type Tone } from "../theme.ts";
import { Line, Span } from "./line.tsx";

const words = {
  done: { word: "done", tone: "ok" },
  refused: { word: "refused", tone: "danger" },
  not_sent: { word: "not sent", tone: "warn" },
  unknown: { word: "unknown", tone: "warn" },
  info: { word: "", tone: "muted" },
} satisfies Record<Notice["outcome"], { word: string; tone: Tone }>;

/** The line above the footer: what is being done, else how the last thing ended. */
export function StatusLine({ state }: { readonly state: State }): ReactNode {
  const glyphs = useGlyphs();
  const { running, notice, size } = state;
  const { ellipsis } = glyphs;
  const task = running.at(-1);
  if (task !== undefined) {
    const hint = stopHint(state, task) + waitWords(state, task);
    // How to stop has to be in sight; the numbers give way.
    const room = size.columns - 4 - hint.length;
    return (
      <Line>
        <Span tone="warn">
          {` ${glyphs.pending} ${shorten(task.text, { width: room, ellipsis }).text}${hint || ellipsis}`}
        </Span>
      </Line>
    );
  }
  if (notice === undefined) return <Line />;
  const { word, tone } = words[notice.outcome];
  const head = word === "" ? glyphs.info : `${glyphs[notice.outcome]} ${word}:`;
  const more = ` ${ellipsis} ${keyHere(state, "show_notice")} shows all`;
  const text = shorten(notice.text, { width: size.columns - head.length - 3, ellipsis: more }).text;
  return (
    <Line>
      <Span tone={tone}> {head}</Span> {text}
    </Line>
  );
}
