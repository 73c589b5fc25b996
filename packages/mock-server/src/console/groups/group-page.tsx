/** @jsxImportSource hono/jsx */
import { parseFlags } from "@mesibo-groups/core";
import { TextField } from "../parts/fields.tsx";
import { FlagFacts } from "./flag-facts.tsx";
import { groupOf } from "./live.ts";
import { addMembers, changeMember, removeMember } from "./member-actions.ts";
import { Members } from "./members.tsx";
import { NewMember } from "./new-member.tsx";
import { fieldOf } from "../form.ts";
import { afterRequest, backTo, typedInto, type Action, type Page, type Visit } from "../page.ts";
import { pagePath } from "../paths.ts";
import { send } from "../send.ts";
import { SettingsForm } from "./settings-form.tsx";
import { settingsIn } from "./settings.ts";
import type { ShownSettings } from "./shown.ts";
import { duration } from "../parts/times.tsx";

/** The settings of the group, as the form shows them. */
function shownOf(visit: Visit): ShownSettings {
  const { name, flags, expiryext, active, pinned } = groupOf(visit);
  return { name, flags, expiryext, active, pinned };
}

const settings: Action = async (visit, form) => {
  const { gid } = groupOf(visit);
  const sent = await send(visit, "groupset", { gid, ...settingsIn(form, shownOf(visit)) });
  return sent.ok ? { to: backTo(visit, sent.n) } : sent;
};

const flag: Action = async (visit, form) => {
  const parsed = parseFlags(fieldOf(form, "flag"));
  if (!parsed.ok) return { failure: { title: "Not sent", sentence: parsed.fault.message, n: undefined } };
  const sent = await send(visit, "groupset", { gid: groupOf(visit).gid, flags: parsed.flags });
  return sent.ok ? { to: backTo(visit, sent.n) } : sent;
};

const remove: Action = async (visit, form) => {
  const { gid } = groupOf(visit);
  if (fieldOf(form, "gid").trim() !== String(gid)) {
    const sentence = `To delete the group type its gid, ${gid}.`;
    return { failure: { title: "Not deleted", sentence, n: undefined } };
  }
  const sent = await send(visit, "groupdel", { gid });
  return sent.ok ? { to: afterRequest(pagePath(visit.entry, "groups"), sent.n) } : sent;
};

/** One group: its settings and its members. */
export const groupPage: Page = {
  path: "/groups/:gid",
  title: (visit) => groupOf(visit).name || `Group ${groupOf(visit).gid}`,
  body: (visit, retry) => {
    const group = groupOf(visit);
    return (
      <>
        <section class="card" aria-labelledby="settings">
          <h2 id="settings">
            Group Settings <span class="muted">gid {group.gid}</span>
          </h2>
          <SettingsForm
            action="settings"
            shown={shownOf(visit)}
            typed={typedInto("settings", retry)}
            button="Save settings"
            expiryHint={`From now; empty leaves it. It ends in ${duration(group.expiresAt - visit.entry.clock.now())}.`}
          />
        </section>
        <section class="card" aria-labelledby="members">
          <h2 id="members">Members</h2>
          <NewMember typed={typedInto("add", retry)} open={group.roster.size === 0} />
          <Members visit={visit} group={group} />
        </section>
        <FlagFacts flags={group.flags} typed={typedInto("flag", retry)} />
        <details class="card danger" open={typedInto("delete", retry) !== undefined}>
          <summary>Delete this group</summary>
          <form method="post" class="line">
            <input type="hidden" name="do" value="delete" />
            <TextField
              id="gid"
              name="gid"
              label={`Type ${group.gid} to delete it for good`}
              inputmode="numeric"
            />
            <button type="submit">Delete group</button>
          </form>
        </details>
      </>
    );
  },
  actions: { settings, flag, add: addMembers, permit: changeMember, remove: removeMember, delete: remove },
};
