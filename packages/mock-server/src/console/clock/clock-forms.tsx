/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Visit } from "../page.ts";
import { TextField } from "../parts/fields.tsx";
import { isoTime } from "../parts/times.tsx";

const steps = [
  { label: "+ 1 minute", seconds: 60 },
  { label: "+ 1 hour", seconds: 3_600 },
  { label: "+ 1 day", seconds: 86_400 },
  { label: "+ 30 days", seconds: 2_592_000 },
  { label: "+ 1 year", seconds: 31_536_000 },
] as const;

/** Forms that move the clock: by a step, by seconds, or to a time. */
export function ClockForms({
  visit,
  typed,
}: {
  visit: Visit;
  typed: (action: string, name: string) => string;
}): JSX.Element {
  const { clock } = visit.entry;
  const iso = isoTime(clock.now())?.replace("Z", "") ?? "";
  return (
    <>
      <form method="post" id="advance" class="actions">
        <input type="hidden" name="do" value="advance" />
        {steps.map(({ label, seconds }) => (
          <button type="submit" name="seconds" value={String(seconds)}>
            {label}
          </button>
        ))}
      </form>
      <form method="post" class="line">
        <input type="hidden" name="do" value="advance" />
        <TextField
          id="seconds"
          name="seconds"
          label="Advance by seconds"
          inputmode="numeric"
          required
          value={typed("advance", "seconds")}
          hint="Below 0 it goes back."
        />
        <button type="submit">Advance</button>
      </form>
      <form method="post" class="line">
        <input type="hidden" name="do" value="set" />
        <TextField
          id="now"
          name="now"
          type="datetime-local"
          label="Set to (UTC)"
          required
          value={typed("set", "now") || iso}
        />
        <button type="submit">Set</button>
      </form>
    </>
  );
}
