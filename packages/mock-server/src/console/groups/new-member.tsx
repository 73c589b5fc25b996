/** @jsxImportSource hono/jsx */
import { permissionNames } from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import { AreaField, Switch } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";

/** A form for members to be added. */
export function NewMember(props: { typed: URLSearchParams | undefined; open: boolean }): JSX.Element {
  const { typed, open } = props;
  return (
    <details class="new" open={open || typed !== undefined}>
      <summary class="button">+ NEW MEMBER</summary>
      <form method="post">
        <input type="hidden" name="do" value="add" />
        <AreaField
          id="new-members"
          name="members"
          label="Addresses"
          rows={3}
          required
          hint="One per line, or with commas. Only users can become members."
          value={typed === undefined ? "" : fieldOf(typed, "members")}
        />
        <fieldset class="row">
          <legend>Permissions</legend>
          {permissionNames.map((name) => (
            <Switch id={`new-${name}`} name={name} label={name} checked={typed?.has(name) === true} />
          ))}
        </fieldset>
        <button type="submit" class="primary">
          Add members
        </button>
      </form>
    </details>
  );
}
