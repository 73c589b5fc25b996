/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { AreaField, Switch, TextField } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";
import { liveGroups } from "../groups/live.ts";
import type { Visit } from "../page.ts";
import { shorten } from "../parts/visible.ts";

const MOST_OFFERED = 500;

function GroupSelect({ visit, chosen }: { visit: Visit; chosen: string }): JSX.Element {
  const groups = liveGroups(visit.entry);
  const offered = groups.filter(({ gid }, index) => index < MOST_OFFERED || String(gid) === chosen);
  return (
    <div class="field">
      <label for="to-group">To group</label>
      <select id="to-group" name="gid">
        <option value="">No group</option>
        {offered.map(({ gid, name }) => (
          <option value={String(gid)} selected={String(gid) === chosen}>
            {gid} {shorten(name, 60).text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A message to be sent, or to be asked about. */
export function MessageForm(props: { visit: Visit; typed: URLSearchParams | undefined }): JSX.Element {
  const { visit, typed = new URLSearchParams() } = props;
  const value = (name: string): string => fieldOf(typed, name);
  const users = [...visit.entry.world.users.values()].slice(0, MOST_OFFERED);
  return (
    <form method="post">
      <input type="hidden" name="do" value="send" />
      <datalist id="addresses">
        {users.map(({ address }) => (
          <option value={address}></option>
        ))}
      </datalist>
      <div class="columns">
        <TextField id="from" name="from" label="From" required list="addresses" value={value("from")} />
        <GroupSelect visit={visit} chosen={value("gid")} />
        <TextField
          id="to"
          name="to"
          label="To users"
          list="addresses"
          value={value("to")}
          hint="Addresses with commas; empty for none."
        />
      </div>
      <AreaField id="text" name="text" label="Text" rows={2} value={value("text")} />
      <fieldset class="row">
        <legend class="hidden">How</legend>
        <Switch
          id="transient"
          name="transient"
          label="Transient: never stored"
          checked={typed.has("transient")}
        />
        <Switch id="forced" name="forced" label="Make users who do not exist" checked={typed.has("forced")} />
      </fieldset>
      <p class="actions">
        <button type="submit" class="primary">
          Send
        </button>
        <button type="submit" formmethod="get" name="ask" value="1">
          Who would get it?
        </button>
      </p>
    </form>
  );
}
