/** @jsxImportSource hono/jsx */
import {
  effective,
  noPermissions,
  permissionMatters,
  permissionNames,
  type GroupFlags,
  type PermissionName,
} from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import { membersOf, type RosterMember } from "../../engine/roster.ts";
import type { GroupState } from "../../engine/world.ts";
import { Danger } from "../parts/fields.tsx";
import { anchorOf } from "./member-actions.ts";
import type { Visit } from "../page.ts";
import { Pager, sliceOf } from "../parts/pager.tsx";
import { Text } from "../parts/text.tsx";

/** Whether a permission counts under the flags, or else who may without it. */
function weight(flags: GroupFlags, name: PermissionName): string {
  if (permissionMatters(flags, name)) return "counts";
  return effective(flags, noPermissions)[name].allowed ? "all may" : "none may";
}

function PermissionHead({ flags, name }: { flags: GroupFlags; name: PermissionName }): JSX.Element {
  return (
    <th scope="col">
      {name}
      <span class="hint">{weight(flags, name)}</span>
    </th>
  );
}

interface MemberProps {
  readonly uid: number;
  readonly member: RosterMember;
  readonly flags: GroupFlags;
}

function PermissionCell(props: MemberProps & { readonly name: PermissionName }): JSX.Element {
  const { uid, member, flags, name } = props;
  const on = member.permissions[name];
  return (
    <td data-label={`${name}, ${weight(flags, name)}`}>
      <button
        type="submit"
        form={anchorOf(uid)}
        id={anchorOf(uid, name)}
        name="permission"
        value={`${name}=${on ? 0 : 1}`}
        role="switch"
        aria-checked={on ? "true" : "false"}
        aria-labelledby={`${anchorOf(uid, name)}-label ${anchorOf(uid)}-address`}
        class={`toggle${permissionMatters(flags, name) ? "" : " unread"}`}
      >
        <span class="hidden" id={`${anchorOf(uid, name)}-label`}>
          {name}
        </span>
        {on ? "on" : "off"}
      </button>
    </td>
  );
}

function MemberRow(props: MemberProps): JSX.Element {
  const { uid, member } = props;
  return (
    <tr>
      <th scope="row">
        <span id={`${anchorOf(uid)}-address`}>
          <Text of={member.address} />
        </span>
        <form method="post" id={anchorOf(uid)}>
          <input type="hidden" name="do" value="permit" />
          <input type="hidden" name="uid" value={String(uid)} />
        </form>
      </th>
      {permissionNames.map((name) => (
        <PermissionCell {...props} name={name} />
      ))}
      <td class="end">
        <form method="post">
          <input type="hidden" name="do" value="remove" />
          <input type="hidden" name="uid" value={String(uid)} />
          <Danger label="Remove" button="Remove from group" of={member.address} />
        </form>
      </td>
    </tr>
  );
}

/** The members of a group with their permissions. */
export function Members({ visit, group }: { visit: Visit; group: GroupState }): JSX.Element {
  const { flags, roster } = group;
  const slice = sliceOf([...membersOf(roster)], visit.query);
  if (slice.total === 0) return <p class="empty">Nobody is a member yet.</p>;
  return (
    <>
      <p class="hint">Where a permission says “all may”, the flags of the group do not read its switches.</p>
      <div class="scroll">
        <table class="members stack">
          <caption>
            {slice.total === 1 ? "1 member" : `${slice.total} members, in the order of joining`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Address</th>
              {permissionNames.map((name) => (
                <PermissionHead flags={flags} name={name} />
              ))}
              <th scope="col">
                <span class="hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {slice.items.map((member) => (
              <MemberRow
                uid={visit.entry.world.uids.get(member.address) ?? 0}
                member={member}
                flags={flags}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Pager slice={slice} path={visit.path} />
    </>
  );
}
