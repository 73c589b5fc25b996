/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { liveGroups } from "../groups/live.ts";
import type { Visit } from "../page.ts";
import { routeNow, Rules } from "./reasons.tsx";
import { Name, Text } from "../parts/text.tsx";

const MOST_SHOWN = 100;

/** Who would get a message that `?ask=1&from=&gid=` describes; nothing where nobody asks. */
export function Forecast({ visit: { entry, query } }: { visit: Visit }): JSX.Element | null {
  if (!query.has("ask")) return null;
  const from = query.get("from") ?? "";
  const group = liveGroups(entry).find(({ gid }) => String(gid) === query.get("gid"));
  if (group === undefined)
    return (
      <p class="notice" role="status">
        Choose a group: a message to users goes to these users.
      </p>
    );
  const { accepted, recipients, stored, because } = routeNow(group, from);
  return (
    <section class="card" role="status" aria-labelledby="forecast">
      <h2 id="forecast">
        From <Text of={from} /> to <Name of={group.name} />, now
      </h2>
      {accepted ? null : <p>Nobody: it would be refused.</p>}
      {accepted && recipients.length === 0 ? <p>Nobody, although it would be accepted.</p> : null}
      {recipients.length === 0 ? null : (
        <p>
          {recipients.slice(0, MOST_SHOWN).map((address, index) => (
            <>
              {index === 0 ? "" : ", "}
              <strong>
                <Text of={address} />
              </strong>
            </>
          ))}
          {recipients.length > MOST_SHOWN ? ` and ${recipients.length - MOST_SHOWN} more` : ""} would get it
          {stored ? "." : ", if they are online."}
        </p>
      )}
      <Rules rules={because} />
    </section>
  );
}
