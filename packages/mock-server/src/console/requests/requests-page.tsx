/** @jsxImportSource hono/jsx */
import { opNames } from "@mesibo-groups/core/wire";
import type { JSX } from "hono/jsx/jsx-runtime";
import { entryResults } from "../../journal/entry.ts";
import type { Page, Visit } from "../page.ts";
import { pagePath } from "../paths.ts";
import { filterOf, queryOf, requestsOf, type RequestFilter } from "./request-filter.ts";
import { MOST_REQUESTS, RequestHead, RequestRows } from "./request-rows.tsx";

interface SelectProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: string | undefined;
}

const Select = ({ name, label, options, chosen }: SelectProps): JSX.Element => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      <option value="">Any</option>
      {options.map((option) => (
        <option value={option} selected={option === chosen}>
          {option}
        </option>
      ))}
    </select>
  </div>
);

const FilterForm = ({ filter }: { filter: RequestFilter }): JSX.Element => (
  <form method="get" class="line">
    <Select name="op" label="op" options={opNames} chosen={filter.op} />
    <Select name="result" label="Result" options={entryResults} chosen={filter.result} />
    <button type="submit">Show</button>
  </form>
);

/** Where the script asks for newer rows. */
function livePath(visit: Visit, filter: RequestFilter): string {
  return `${pagePath(visit.entry, "rows")}?${queryOf(filter).toString()}`;
}

function olderPath(visit: Visit, filter: RequestFilter, before: number): string {
  const query = queryOf(filter);
  query.set("before", String(before));
  return `${visit.path}?${query.toString()}`;
}

function Journal({ visit, filter }: { visit: Visit; filter: RequestFilter }): JSX.Element {
  const { entry, query } = visit;
  const before = query.get("before");
  const found = requestsOf(entry, filter).filter(({ n }) => before === null || n < Number(before));
  const shown = found.slice(-MOST_REQUESTS);
  const first = shown[0];
  return (
    <>
      <p class="live" role="status" aria-live="polite">
        {entry.journal.count()} requests in all.
      </p>
      <div class="scroll">
        <table class="stack">
          <caption>Requests, newest first</caption>
          <RequestHead />
          <tbody
            data-live={before === null ? livePath(visit, filter) : undefined}
            data-latest={String(entry.journal.count())}
          >
            <RequestRows world={entry} entries={shown} />
          </tbody>
        </table>
      </div>
      {first !== undefined && found.length > shown.length ? (
        <p class="pager">
          <a href={olderPath(visit, filter, first.n)}>Older →</a>
        </p>
      ) : null}
    </>
  );
}

/** The journal of a world. The script adds what comes in. */
export const requestsPage: Page = {
  path: "/requests",
  title: () => "Requests",
  body: (visit) => {
    const filter = filterOf(visit.query);
    return (
      <section class="card">
        <FilterForm filter={filter} />
        <Journal visit={visit} filter={filter} />
      </section>
    );
  },
};
