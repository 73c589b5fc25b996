import type { ReactNode } from "react";
import { Span } from "./line.tsx";

/** Choices side by side, the chosen one with a cross. */
export function Radio<Choice extends string>({
  all,
  current,
  words,
}: {
  readonly all: readonly Choice[];
  readonly current: Choice | undefined;
  /** How the choices are called where not by their names. */
  readonly words?: Readonly<Record<Choice, string>>;
}): ReactNode {
  return all.map((choice, index) => (
    <Span key={choice} tone={choice === current ? "strong" : "plain"}>
      {`${index === 0 ? "" : "  "}${choice === current ? "(x)" : "( )"} ${words?.[choice] ?? choice}`}
    </Span>
  ));
}
