/** @jsxImportSource hono/jsx */
import { normalFlags } from "@mesibo-groups/core";
import { afterRequest, typedInto, type Page } from "../page.ts";
import { pagePath } from "../paths.ts";
import { send } from "../send.ts";
import { SettingsForm } from "./settings-form.tsx";
import { settingsIn } from "./settings.ts";
import type { ShownSettings } from "./shown.ts";

const fresh: ShownSettings = { name: "", flags: normalFlags, expiryext: 0, active: true, pinned: false };

/** A group to be made. */
export const newGroupPage: Page = {
  path: "/groups/new",
  title: () => "New group",
  body: (_, retry) => (
    <section class="card">
      <SettingsForm
        action="create"
        shown={fresh}
        typed={typedInto("create", retry)}
        button="Create group"
        expiryHint="Empty: one year."
      />
    </section>
  ),
  actions: {
    create: async (visit, form) => {
      const sent = await send(visit, "groupadd", settingsIn(form, fresh));
      if (!sent.ok) return sent;
      const gid = sent.result?.group.gid;
      const to = gid === undefined ? pagePath(visit.entry, "groups") : pagePath(visit.entry, "groups", gid);
      return { to: afterRequest(to, sent.n) };
    },
  },
};
