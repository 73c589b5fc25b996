/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { expiresNext } from "../../state.ts";
import type { Visit } from "../page.ts";
import { Name } from "../parts/text.tsx";
import { duration, Time } from "../parts/times.tsx";
import { pagePath } from "../paths.ts";

/** The groups that end next, with a button that moves the clock there through the form `advance`. */
export function EndingGroups({ visit: { entry } }: { visit: Visit }): JSX.Element {
  const next = expiresNext(entry);
  if (next.length === 0) return <p class="empty">No group to end.</p>;
  return (
    <div class="scroll">
      <table class="stack">
        <caption>Groups that end next</caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Ends at (UTC)</th>
            <th scope="col" class="number">
              In
            </th>
            <th scope="col">
              <span class="hidden">Go there</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {next.map(({ gid, name, expires_at: at, in_seconds: seconds }) => (
            <tr>
              <th scope="row">
                <a href={pagePath(entry, "groups", gid)}>
                  <Name of={name} />
                </a>{" "}
                <span class="number muted">{gid}</span>
              </th>
              <td>
                <Time at={at} />
              </td>
              <td class="number" data-label="in">
                {duration(seconds)}
              </td>
              <td class="end">
                <button form="advance" type="submit" name="seconds" value={String(seconds)}>
                  Go there <span class="hidden">to the end of {gid}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
