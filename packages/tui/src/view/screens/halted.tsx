import type { ReactNode } from "react";
import { haltedWords } from "../../state/halted-words.ts";
import { sanitize } from "../../text/sanitize.ts";
import { wrap } from "../../text/width.ts";
import { Line, Span } from "../components/line.tsx";

/** What is left when mesibo has disabled the app. */
export function HaltedView({
  words,
  columns,
}: {
  readonly words: string;
  readonly columns: number;
}): ReactNode {
  const [title, ...lines] = haltedWords(words);
  return (
    <>
      <Line>
        {"   "}
        <Span tone="danger">{title}</Span>
      </Line>
      <Line> </Line>
      {lines
        .flatMap((line) => wrap(sanitize(line), columns - 6))
        .map((line, index) => (
          <Line key={`${index}`}>{`   ${line}`}</Line>
        ))}
    </>
  );
}
