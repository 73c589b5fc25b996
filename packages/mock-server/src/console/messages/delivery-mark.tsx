/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { DeliveryState } from "../../engine/world.ts";

const marks = {
  delivered: { sign: "✓", look: "is-done", words: "the recipient is online" },
  waiting: { sign: "…", look: "is-fault", words: "stored until the recipient comes online" },
  lost: { sign: "✕", look: "is-refused", words: "the recipient was offline, and it is not stored" },
} as const satisfies Record<DeliveryState, { sign: string; look: string; words: string }>;

/** What became of a message on its way to one address. */
export function DeliveryMark(props: { state: DeliveryState; explained?: boolean | undefined }): JSX.Element {
  const { sign, look, words } = marks[props.state];
  return (
    <>
      <span class={`result ${look}`}>
        {sign} {props.state}
      </span>
      {props.explained === true ? <span class="muted"> {words}</span> : null}
    </>
  );
}
