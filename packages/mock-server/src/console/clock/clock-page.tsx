/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { failureOfControl } from "../control.ts";
import { fieldOf, numberIn } from "../form.ts";
import { backTo, typedInto, type Action, type Page, type Visit } from "../page.ts";
import { duration, Time } from "../parts/times.tsx";
import { ClockForms } from "./clock-forms.tsx";
import { EndingGroups } from "./ending-groups.tsx";

interface ClockChange {
  readonly now?: number | undefined;
  readonly advance_seconds?: number | undefined;
  readonly frozen?: boolean | undefined;
}

function change(visit: Visit, body: ClockChange): ReturnType<Action> {
  const failure = failureOfControl(visit, { id: "patchClock", body });
  return failure === undefined ? { to: backTo(visit, undefined) } : { failure };
}

const actions: Readonly<Record<string, Action>> = {
  freeze: (visit) => change(visit, { frozen: true }),
  release: (visit) => change(visit, { frozen: false }),
  // NaN is no number to the control API either, and it says so.
  advance: (visit, form) => change(visit, { advance_seconds: numberIn(form, "seconds") ?? Number.NaN }),
  set: (visit, form) => change(visit, { now: Date.parse(`${fieldOf(form, "now")}Z`) / 1000 }),
};

function Now({ visit: { entry } }: { visit: Visit }): JSX.Element {
  const { clock } = entry;
  const now = clock.now();
  const ahead = clock.ahead();
  return (
    <dl>
      <dt>Now</dt>
      <dd>
        <strong>
          <Time at={now} />
        </strong>{" "}
        UTC <span class="muted">{now}</span>
      </dd>
      <dt>Clock</dt>
      <dd>{clock.frozen() ? "stands still" : "runs"}</dd>
      <dt>Ahead</dt>
      <dd>{ahead === 0 ? "not at all: it is the machine's" : `${duration(ahead)} ahead of the machine`}</dd>
    </dl>
  );
}

/** The time of a world. */
export const clockPage: Page = {
  path: "/clock",
  title: () => "Clock",
  body: (visit, retry) => {
    const typed = (action: string, name: string): string => {
      const form = typedInto(action, retry);
      return form === undefined ? "" : fieldOf(form, name);
    };
    const frozen = visit.entry.clock.frozen();
    return (
      <>
        <section class="card">
          <Now visit={visit} />
          <form method="post">
            <button type="submit" name="do" value={frozen ? "release" : "freeze"} class="primary">
              {frozen ? "Let it run" : "Freeze"}
            </button>
          </form>
        </section>
        <section class="card" aria-labelledby="move">
          <h2 id="move">Move the clock</h2>
          <ClockForms visit={visit} typed={typed} />
        </section>
        <section class="card">
          <EndingGroups visit={visit} />
        </section>
      </>
    );
  },
  actions,
};
