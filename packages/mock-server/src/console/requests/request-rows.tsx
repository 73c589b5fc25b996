/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Entry } from "../../journal/entry.ts";
import { createView, type EntryView } from "../../journal/view.ts";
import type { WorldEntry } from "../../worlds.ts";
import { pagePath } from "../paths.ts";
import { ResultMark } from "./result-mark.tsx";
import { Text } from "../parts/text.tsx";

/** The most requests on one page. */
export const MOST_REQUESTS = 100;

const timeOf = (at: string): string => at.slice(11, 23);

/** A request in the journal; without a link where it reached no world. */
export function RequestRow({ view, href }: { view: EntryView; href?: string | undefined }): JSX.Element {
  const { n, at, op, result, fault, explanation } = view;
  return (
    <tr>
      <td class="number">{href === undefined ? n : <a href={href}>{n}</a>}</td>
      <td>
        <time datetime={at}>{timeOf(at)}</time>
      </td>
      <th scope="row">
        <Text of={op === "" ? "(no op)" : op} most={40} />
      </th>
      <td>
        <ResultMark result={result} />
      </td>
      <td>
        {fault === undefined ? null : (
          <>
            <strong>
              <Text of={fault} />.
            </strong>{" "}
          </>
        )}
        <Text of={explanation.summary} most={300} />
      </td>
    </tr>
  );
}

/** The head of a table of requests. */
export const RequestHead = (): JSX.Element => (
  <thead>
    <tr>
      <th scope="col" class="number">
        n
      </th>
      <th scope="col">Time (UTC)</th>
      <th scope="col">op</th>
      <th scope="col">Result</th>
      <th scope="col">What happened</th>
    </tr>
  </thead>
);

/** Rows of the journal, newest first. */
export function RequestRows(props: { world: WorldEntry; entries: readonly Entry[] }): JSX.Element {
  const { world, entries } = props;
  const show = createView(world.token, world.world);
  return (
    <>
      {entries.toReversed().map((entry) => (
        <RequestRow view={show(entry)} href={pagePath(world, "requests", entry.n)} />
      ))}
    </>
  );
}
