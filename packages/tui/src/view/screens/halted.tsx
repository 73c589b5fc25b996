import type { ReactNode } from "react";
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
  const lines = [
    `mesibo's words: ${words}`,
    "",
    "All calls are halted: nothing more is sent, by this program, with this token.",
    "mesibo disables an app after backend calls from more than five addresses, as the token may be stolen.",
    "",
    "1. Stop everything else that uses this token.",
    "2. Open the app in the mesibo console, make a new token there and enable the app again.",
    "3. Put the new token where the profile reads it; mesibo-groups doctor shows where that is.",
    "4. Let one machine make the calls: the others go through it.",
  ];
  return (
    <>
      <Line>
        {"   "}
        <Span tone="danger">STOP: mesibo has disabled this app (TOKENBREACH)</Span>
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
