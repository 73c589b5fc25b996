/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Failure } from "../failure.ts";
import type { Visit } from "../page.ts";
import { pagePath } from "../paths.ts";
import { Text } from "./text.tsx";

const LONGEST = 600;

/** Says which request a form has just made. */
export function DoneNotice({ visit: { entry, query } }: { visit: Visit }): JSX.Element | null {
  const did = query.get("did") ?? "";
  const found = /^\d{1,15}$/.test(did) ? entry.journal.find(Number(did)) : undefined;
  if (found === undefined || found.result !== "done") return null;
  return (
    <p class="notice done" role="status">
      <strong>✓ {found.op} was done.</strong>{" "}
      <a href={pagePath(entry, "requests", found.n)}>Request {found.n}</a>
    </p>
  );
}

/** Says why a form was not done. */
export function FailureNotice({ visit, failure }: { visit: Visit; failure: Failure }): JSX.Element {
  const { title, sentence, n } = failure;
  return (
    <div class="notice failed" role="alert" tabindex={-1} autofocus>
      <p>
        <strong>
          ✕ <Text of={title} />
        </strong>
      </p>
      <p>
        <Text of={sentence} most={LONGEST} />
      </p>
      {n === undefined ? null : <a href={pagePath(visit.entry, "requests", n)}>Why: request {n}</a>}
    </div>
  );
}
