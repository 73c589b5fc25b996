/** @jsxImportSource hono/jsx */
import { formatFlags } from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { GroupState } from "../../engine/world.ts";
import { liveGroups } from "./live.ts";
import type { Page, Visit } from "../page.ts";
import { Pager, sliceOf } from "../parts/pager.tsx";
import { pagePath } from "../paths.ts";
import { Name } from "../parts/text.tsx";
import { duration } from "../parts/times.tsx";

function GroupRow({ visit: { entry }, group }: { visit: Visit; group: GroupState }): JSX.Element {
  const { gid, name, flags, roster, active, pinned, expiresAt } = group;
  const marks = [...(active ? [] : ["not active"]), ...(pinned ? ["pinned"] : [])];
  return (
    <tr>
      <td class="number">{gid}</td>
      <th scope="row">
        <a href={pagePath(entry, "groups", gid)}>
          <Name of={name} />
        </a>
        {marks.map((mark) => (
          <span class="mark">{mark}</span>
        ))}
      </th>
      <td class="number" data-label="Members">
        {roster.size}
      </td>
      <td data-label="Flag">
        <code>{formatFlags(flags, "decimal")}</code> <span class="muted">{formatFlags(flags, "names")}</span>
      </td>
      <td class="number" data-label="Ends in">
        {duration(expiresAt - entry.clock.now())}
      </td>
    </tr>
  );
}

function Groups({ visit }: { visit: Visit }): JSX.Element {
  const slice = sliceOf(liveGroups(visit.entry), visit.query);
  if (slice.total === 0) return <p class="empty">This world has no group yet.</p>;
  return (
    <>
      <div class="scroll">
        <table class="stack">
          <caption>{slice.total === 1 ? "1 group" : `${slice.total} groups`}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                gid
              </th>
              <th scope="col">Name</th>
              <th scope="col" class="number">
                Members
              </th>
              <th scope="col">Flag</th>
              <th scope="col" class="number">
                Ends in
              </th>
            </tr>
          </thead>
          <tbody>
            {slice.items.map((group) => (
              <GroupRow visit={visit} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager slice={slice} path={pagePath(visit.entry, "groups")} />
    </>
  );
}

/** Every group of a world. */
export const groupsPage: Page = {
  path: "/groups",
  title: () => "Groups",
  body: (visit) => (
    <>
      <p class="actions">
        <a class="button primary" href={pagePath(visit.entry, "groups", "new")}>
          + NEW GROUP
        </a>
      </p>
      <section class="card">
        <Groups visit={visit} />
      </section>
    </>
  ),
};
