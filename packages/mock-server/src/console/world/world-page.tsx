/** @jsxImportSource hono/jsx */
import { liveGroups } from "../../engine/expiry.ts";
import type { JSX } from "hono/jsx/jsx-runtime";
import { reliedOn } from "../../fidelity.ts";
import { maskToken } from "../../mask.ts";
import { afterRequest, type Action, type Page, type Visit } from "../page.ts";
import { pagePath } from "../paths.ts";

const reset: Action = ({ context: { worlds }, entry: { token } }) => {
  worlds.reset(token);
  // A reset world has another id.
  const after = worlds.find(token);
  return { to: after === undefined ? "/_mock/" : afterRequest(pagePath(after, "world"), undefined) };
};

function Relied({ visit: { entry } }: { visit: Visit }): JSX.Element {
  const rows = reliedOn(entry.relied);
  if (rows.length === 0) return <p class="empty">None so far: every answer has a source.</p>;
  return (
    <div class="scroll">
      <table class="stack">
        <caption>Behaviours without a source that answers of this world have rested on</caption>
        <thead>
          <tr>
            <th scope="col">Behaviour</th>
            <th scope="col">What there is</th>
            <th scope="col" class="number">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ behaviour: { sentence, source }, times }) => (
            <tr>
              <th scope="row">{sentence}</th>
              <td class="muted">{source}</td>
              <td class="number" data-label="Times">
                {times}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A world as a whole. */
export const worldPage: Page = {
  path: "/world",
  title: ({ entry }) => `World ${entry.id}`,
  body: (visit) => {
    const { id, token, world, clock, journal } = visit.entry;
    return (
      <>
        <section class="card">
          <dl>
            <dt>Token</dt>
            <dd>
              <code>{maskToken(token)}</code>
            </dd>
            <dt>Holds</dt>
            <dd>
              {world.users.size} users, {liveGroups(world, clock.now()).length} groups,{" "}
              {world.deliveries.length} deliveries
            </dd>
            <dt>Requests</dt>
            <dd>{journal.count()}</dd>
          </dl>
          <p class="actions">
            <a class="button" href={pagePath({ id }, "snapshot.json")} download={`world-${id}.json`}>
              Download snapshot
            </a>
          </p>
        </section>
        <section class="card" aria-labelledby="relied">
          <h2 id="relied">What this world rests on</h2>
          <Relied visit={visit} />
        </section>
        <details class="card danger">
          <summary>Reset this world</summary>
          <form method="post">
            <input type="hidden" name="do" value="reset" />
            <p>Back to its seed and to the machine's time, without faults and with an empty journal.</p>
            <button type="submit">Reset world</button>
          </form>
        </details>
      </>
    );
  },
  actions: { reset },
};
