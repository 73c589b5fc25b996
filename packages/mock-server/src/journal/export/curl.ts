import type { EntryView } from "../view.ts";
import type { Origin } from "./index.ts";
import { loss, masked, target } from "./parts.ts";

const VARIABLE = "MESIBO_APP_TOKEN";

/** A text in single quotes for a shell, with the token left to a variable. */
const quote = (text: string): string =>
  `'${text.replaceAll("'", String.raw`'\''`).replaceAll(masked, `'"$${VARIABLE}"'`)}'`;

function command(view: EntryView, origin: string): string {
  const { method, content_type: contentType, body } = view;
  // curl would wait for the body of an answer to HEAD; without globoff it reads m[] as a range.
  const how = method === "HEAD" ? "--head" : `-X ${quote(method)}`;
  const lines = [`curl -sS --globoff -w '\\n' ${how} ${quote(origin + target(view))}`];
  // Without a type curl would say that any body is a form.
  if (contentType !== "") lines.push(`  -H ${quote(`content-type: ${contentType}`)}`);
  else if (body !== "") lines.push("  -H 'content-type:'");
  if (body !== "") lines.push(`  --data-raw ${quote(body)}`);
  const lost = loss(view);
  return `${lost === undefined ? "" : `# ${lost}\n`}${lines.join(" \\\n")}`;
}

/** A shell script that sends requests again. The token comes from the environment. */
export function curlScript(views: readonly EntryView[], { origin }: Origin): string {
  const check = `: "\${${VARIABLE}:?export it first, since the journal keeps no token}"`;
  return `${[check, ...views.map((view) => command(view, origin))].join("\n\n")}\n`;
}
