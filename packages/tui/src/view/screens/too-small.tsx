import type { ReactNode } from "react";
import { cliTwin } from "../../state/cli-twin.ts";
import { MIN_SIZE, type State } from "../../state/model.ts";
import { wrap } from "../../text/width.ts";
import { Line } from "../components/line.tsx";

/** What a terminal shows that the screens do not fit: how large it has to be, and the way without it. */
export function TooSmallView({ state }: { readonly state: State }): ReactNode {
  const { columns, rows } = state.size;
  const needed = `Needs ${MIN_SIZE.columns}x${MIN_SIZE.rows}, has ${columns}x${rows}.`;
  return [needed, "The same without a screen:", cliTwin(state), "ctrl+c twice quits."]
    .flatMap((line) => wrap(line, columns))
    .slice(0, Math.max(1, rows - 1))
    .map((line, index) => <Line key={`${index}`}>{line}</Line>);
}
