/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Explanation } from "../../journal/explain.ts";
import type { EntryView } from "../../journal/view.ts";
import { Text } from "../parts/text.tsx";
import { ResultMark } from "./result-mark.tsx";

const LONG = 400;

const Fields = ({ fields }: Pick<Explanation, "fields">): JSX.Element => (
  <>
    {fields.map(({ name, value, nearest }) => (
      <>
        <dt>
          <Text of={name} />
        </dt>
        <dd>
          {value === undefined ? "was not given" : <Text of={value} most={LONG} />}
          {nearest === undefined ? null : (
            <>
              ; try{" "}
              <strong>
                <Text of={nearest} most={LONG} />
              </strong>
            </>
          )}
        </dd>
      </>
    ))}
  </>
);

const Spellings = ({ ignored, aliases }: Pick<Explanation, "ignored" | "aliases">): JSX.Element => (
  <>
    {ignored.map(({ name, nearest }) => (
      <>
        <dt>Ignored</dt>
        <dd>
          <Text of={name} />
          {nearest === undefined ? null : ` (did you mean ${nearest}?)`}
        </dd>
      </>
    ))}
    {aliases.map(({ spelling, of, source }) => (
      <>
        <dt>Alias</dt>
        <dd>
          <Text of={spelling} /> for {of} <span class="muted">({source})</span>
        </dd>
      </>
    ))}
  </>
);

/** Why a request was answered as it was. */
export function Explained({ view }: { view: EntryView }): JSX.Element {
  const { summary, rule, fields, ignored, aliases, relied } = view.explanation;
  return (
    <section class="card" aria-labelledby="explanation">
      <h2 id="explanation">
        <ResultMark result={view.result} /> Explanation
      </h2>
      <p>
        <Text of={summary} most={1000} />
      </p>
      <dl>
        {view.fault === undefined ? null : (
          <>
            <dt>Fault</dt>
            <dd>
              <Text of={view.fault} />
            </dd>
          </>
        )}
        {rule === undefined ? null : (
          <>
            <dt>Rule</dt>
            <dd>
              {rule.sentence}{" "}
              <span class="muted">
                ({rule.confidence}: {rule.source})
              </span>
            </dd>
          </>
        )}
        <Fields fields={fields} />
        <Spellings ignored={ignored} aliases={aliases} />
        {relied.map(({ sentence, source }) => (
          <>
            <dt>Assumed</dt>
            <dd>
              {sentence} <span class="muted">({source})</span>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
