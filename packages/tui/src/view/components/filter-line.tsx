import type { ReactNode } from "react";
import type { ListState } from "../../state/list.ts";
import { widthOf } from "../../text/width.ts";
import { useGlyphs } from "../theme.ts";
import { Line, Span } from "./line.tsx";
import { TextInput } from "./text-input.tsx";

/** The line above a list: what it holds, its order and its filter where there are some. */
export function FilterLine({
  what,
  list,
  width,
}: {
  readonly what: string;
  readonly list: ListState;
  readonly width: number;
}): ReactNode {
  const { filter, filtering, sort } = list;
  const { ascending, descending } = useGlyphs();
  const order = sort === undefined ? "" : `   sort: ${sort.by} ${sort.reversed ? descending : ascending}`;
  return (
    <Line>
      {` ${what}${order}`}
      {(filtering || filter.text !== "") && (
        <>
          <Span tone="accent">{"   filter: "}</Span>
          <TextInput field={filter} width={width - widthOf(what) - widthOf(order) - 14} focused={filtering} />
        </>
      )}
    </Line>
  );
}
