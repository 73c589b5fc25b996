/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { shorten, visible } from "./visible.ts";

/** How much of a name is shown in a list. */
const MOST_OF_A_NAME = 80;

const count = new Intl.NumberFormat("en");

/** Text that somebody else wrote, so shown that it can neither hide, rearrange nor push aside anything. */
export function Text({ of, most = MOST_OF_A_NAME }: { of: string; most?: number | undefined }): JSX.Element {
  const { text, length } = shorten(of, most);
  return (
    <>
      <bdi class="text">{text}</bdi>
      {length === undefined ? null : <span class="muted">… {count.format(length)} characters</span>}
    </>
  );
}

/** A group's or a user's name. */
export const Name = ({ of }: { of: string }): JSX.Element =>
  of === "" ? <span class="muted">(no name)</span> : <Text of={of} />;

/** A text of several lines, as it is. */
export function Lines({ of, label }: { of: string; label: string }): JSX.Element {
  const lines = of.split("\n");
  return (
    <pre class="lines" tabindex={0} role="region" aria-label={label}>
      {lines.map(visible).join("\n")}
    </pre>
  );
}
