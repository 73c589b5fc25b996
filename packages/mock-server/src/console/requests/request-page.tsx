/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { remembered } from "../../control/remembered.ts";
import { createView, type EntryView } from "../../journal/view.ts";
import { askControl } from "../control.ts";
import type { Page, Visit } from "../page.ts";
import { Explained } from "./explained.tsx";
import { Lines } from "../parts/text.tsx";

const viewOf = ({ entry, params }: Visit): EntryView =>
  createView(entry.token, entry.world)(remembered(entry, params["n"] ?? ""));

function Raw({ view }: { view: EntryView }): JSX.Element {
  const { method, path, query, content_type: contentType, body, status, answer, cut } = view;
  const head = `${method} ${path}${query === "" ? "" : `?${query}`}`;
  const lines = [head, ...(contentType === "" ? [] : [`content-type: ${contentType}`])];
  return (
    <section class="card">
      <h2>Request</h2>
      <Lines of={[...lines, ...(body === "" ? [] : ["", body])].join("\n")} label="Request" />
      <h2>Answer</h2>
      {status === undefined ? (
        <p>None went out.</p>
      ) : (
        <Lines of={[`HTTP ${status}`, "", answer].join("\n")} label="Answer" />
      )}
      {cut.length === 0 ? null : <p class="hint">Cut, since it was long: {cut.join(", ")}.</p>}
    </section>
  );
}

/** One request: why it was answered so, and all of it. */
export const requestPage: Page = {
  path: "/requests/:n",
  title: (visit) => {
    const { n, op } = viewOf(visit);
    return `Request ${n}: ${op}`;
  },
  body: (visit) => {
    const view = viewOf(visit);
    const exported = askControl(visit, { id: "getRequest", params: visit.params, query: { as: "curl" } });
    return (
      <>
        <Explained view={view} />
        <Raw view={view} />
        <section class="card">
          <h2>Again, with curl</h2>
          <Lines of={exported.text?.text ?? ""} label="curl command" />
        </section>
      </>
    );
  },
};
