import type { ReactNode } from "react";
import type { ListState } from "../../state/list.ts";
import { widthOf } from "../../text/width.ts";
import { Line, Span } from "./line.tsx";
import { TextInput } from "./text-input.tsx";

/** The line above a list: what it holds, and its filter where there is one. */
export function FilterLine({
  what,
  list,
  width,
}: {
  readonly what: string;
  readonly list: ListState;
  readonly width: number;
}): ReactNode {
  const { filter, filtering } = list;
  return (
    <Line>
      {` ${what}`}
      {(filtering || filter.text !== "") && (
        <>
          <Span tone="accent">{"   filter: "}</Span>
          <TextInput field={filter} width={width - widthOf(what) - 14} focused={filtering} />
        </>
      )}
    </Line>
  );
}
