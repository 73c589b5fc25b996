/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { countByConfidence, fidelity, notEmulated, type FidelityArea } from "../fidelity.ts";

function Area({ area: { name, behaviours } }: { area: FidelityArea }): JSX.Element {
  return (
    <section class="card">
      <div class="scroll">
        <table class="stack">
          <caption class="head">{name}</caption>
          <thead>
            <tr>
              <th scope="col">Behaviour</th>
              <th scope="col">Confidence</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {behaviours.map(({ sentence, confidence, source }) => (
              <tr>
                <td>{sentence}</td>
                <td>
                  <span class={`result ${confidence === "assumed" ? "is-fault" : "is-done"}`}>
                    {confidence}
                  </span>
                </td>
                <td class="muted">{source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Every behaviour of the mock with what it rests on. */
export function Fidelity(): JSX.Element {
  const { documented, recorded, assumed } = countByConfidence();
  return (
    <>
      <p>
        {documented} behaviours are documented by mesibo, {recorded} were recorded in answers, in its console
        or in its clients, and {assumed} are assumed, where no source says anything.
      </p>
      {fidelity.map((area) => (
        <Area area={area} />
      ))}
      <section class="card">
        <h2>Not emulated</h2>
        <ul class="plain">
          {notEmulated.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
