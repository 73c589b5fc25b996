/** @jsxImportSource hono/jsx */
import { liveGroups } from "../engine/expiry.ts";
import type { JSX } from "hono/jsx/jsx-runtime";
import { createStrayView } from "../journal/view.ts";
import { maskToken } from "../mask.ts";
import type { WorldEntry, Worlds } from "../worlds.ts";
import { CONSOLE_PATH, pagePath } from "./paths.ts";
import { RequestHead, RequestRow } from "./requests/request-rows.tsx";

function WorldRow({ entry }: { entry: WorldEntry }): JSX.Element {
  const { id, token, world, clock, journal } = entry;
  return (
    <tr>
      <th scope="row">
        <a href={pagePath(entry, "groups")}>World {id}</a>
      </th>
      <td>
        <code>{maskToken(token)}</code>
      </td>
      <td class="number" data-label="Users">
        {world.users.size}
      </td>
      <td class="number" data-label="Groups">
        {liveGroups(world, clock.now()).length}
      </td>
      <td class="number" data-label="Requests">
        {journal.count()}
      </td>
    </tr>
  );
}

function WorldTable({ worlds }: { worlds: readonly WorldEntry[] }): JSX.Element {
  if (worlds.length === 0)
    return <p class="empty">No world yet. The first request with a token makes one, and so does the form.</p>;
  return (
    <div class="scroll">
      <table class="stack">
        <caption>Each app token is a world of its own.</caption>
        <thead>
          <tr>
            <th scope="col">World</th>
            <th scope="col">Token</th>
            <th scope="col" class="number">
              Users
            </th>
            <th scope="col" class="number">
              Groups
            </th>
            <th scope="col" class="number">
              Requests
            </th>
          </tr>
        </thead>
        <tbody>
          {worlds.map((entry) => (
            <WorldRow entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MOST_STRAYS = 10;

function Strays({ worlds }: { worlds: Worlds }): JSX.Element | null {
  const { strays } = worlds;
  if (strays.count() === 0) return null;
  const view = createStrayView(worlds);
  return (
    <section class="card" aria-labelledby="strays">
      <h2 id="strays">Requests that reached no world</h2>
      <p class="hint">They came without a token, with one that this mock does not know, or unreadable.</p>
      <div class="scroll">
        <table class="stack">
          <caption>The latest of {strays.count()}, newest first</caption>
          <RequestHead />
          <tbody>
            {strays
              .entries()
              .slice(-MOST_STRAYS)
              .toReversed()
              .map((entry) => (
                <RequestRow view={view(entry)} />
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The first page: every world, and a way into one. */
export function Home(props: { worlds: Worlds; failure?: string | undefined }): JSX.Element {
  return (
    <>
      {props.failure === undefined ? null : (
        <div class="notice failed" role="alert" tabindex={-1} autofocus>
          <p>
            <strong>✕ Not opened</strong>
          </p>
          <p>{props.failure}</p>
        </div>
      )}
      <section class="card">
        <WorldTable worlds={props.worlds.list()} />
      </section>
      <section class="card">
        <h2>Open a world</h2>
        <form method="post" action={CONSOLE_PATH} class="line">
          <div class="field">
            <label for="token">App token</label>
            <input id="token" name="token" type="text" required autocomplete="off" spellcheck={false} />
            <span class="hint">It is in the line that the mock has printed at its start.</span>
          </div>
          <button type="submit" class="primary">
            Open
          </button>
        </form>
      </section>
      <Strays worlds={props.worlds} />
    </>
  );
}
