/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Faults } from "../../faults/faults.ts";
import { failureOfControl, type ControlCall } from "../control.ts";
import type { Failure } from "../failure.ts";
import { faultExamples } from "./fault-examples.ts";
import { AreaField } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";
import { backTo, typedInto, type Action, type Page, type Visit } from "../page.ts";
import { Text } from "../parts/text.tsx";

type Plan = ReturnType<Faults["state"]>;

const planText = ({ seed, rules }: Plan): string =>
  rules.length === 0 ? "[]" : JSON.stringify({ seed, rules: rules.map(({ rule }) => rule) }, null, 2);

function parse(text: string): { readonly plan: unknown } | { readonly failure: Failure } {
  try {
    return { plan: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    return { failure: { title: "Not injected", sentence: `The plan is not JSON: ${why}.`, n: undefined } };
  }
}

function change(visit: Visit, call: ControlCall): ReturnType<Action> {
  const failure = failureOfControl(visit, call);
  return failure === undefined ? { to: backTo(visit, undefined) } : { failure };
}

const inject = (visit: Visit, body: unknown): ReturnType<Action> => change(visit, { id: "putFaults", body });

const actions: Readonly<Record<string, Action>> = {
  set: (visit, form) => {
    const parsed = parse(fieldOf(form, "plan"));
    return "failure" in parsed ? parsed : inject(visit, parsed.plan);
  },
  example: (visit, form) =>
    inject(visit, faultExamples.find(({ id }) => id === form.get("example"))?.plan ?? { rules: [] }),
  clear: (visit) => change(visit, { id: "deleteFaults" }),
};

function RuleTable({ plan: { seed, rules } }: { plan: Plan }): JSX.Element {
  if (rules.length === 0) return <p class="empty">No faults: every request is answered as mesibo would.</p>;
  return (
    <>
      <div class="scroll">
        <table>
          <caption>
            Rules, with seed <span class="number">{seed}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" class="number">
                Matched
              </th>
              <th scope="col" class="number">
                Fired
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map(({ rule, matched, fired }) => (
              <tr>
                <th scope="row">
                  <code>
                    <Text of={JSON.stringify(rule)} most={300} />
                  </code>
                </th>
                <td class="number">{matched}</td>
                <td class="number">{fired}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <form method="post">
        <button type="submit" name="do" value="clear">
          Clear all faults
        </button>
      </form>
    </>
  );
}

const Examples = (): JSX.Element => (
  <ul class="examples">
    {faultExamples.map(({ id, label }) => (
      <li>
        <form method="post">
          <input type="hidden" name="do" value="example" />
          <button type="submit" name="example" value={id}>
            Inject <span class="hidden">{label}</span>
          </button>
        </form>
        <span aria-hidden="true">{label}</span>
      </li>
    ))}
  </ul>
);

/** Faults and latency of a world. */
export const faultsPage: Page = {
  path: "/faults",
  title: () => "Faults",
  body: (visit, retry) => {
    const plan = visit.entry.faults.state();
    const typed = typedInto("set", retry);
    return (
      <>
        <section class="card">
          <RuleTable plan={plan} />
        </section>
        <section class="card" aria-labelledby="examples">
          <h2 id="examples">Ready to inject</h2>
          <Examples />
        </section>
        <section class="card" aria-labelledby="plan-head">
          <h2 id="plan-head">Plan</h2>
          <form method="post">
            <input type="hidden" name="do" value="set" />
            <AreaField
              id="plan"
              name="plan"
              label="Plan as JSON"
              rows={8}
              value={typed === undefined ? planText(plan) : fieldOf(typed, "plan")}
              hint="A list of rules, or { seed, rules }. It takes the place of the rules above. The console's own requests meet faults too."
            />
            <button type="submit" class="primary">
              Inject
            </button>
          </form>
        </section>
      </>
    );
  },
  actions,
};
