/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { UserState } from "../../engine/world.ts";
import { Danger } from "../parts/fields.tsx";
import type { Visit } from "../page.ts";
import { Pager, sliceOf } from "../parts/pager.tsx";
import { Text } from "../parts/text.tsx";

/** The anchor of a user's switch. */
export const anchorOf = (uid: number): string => `u${uid}`;

function OnlineSwitch({ user: { uid, online } }: { user: UserState }): JSX.Element {
  return (
    <form method="post">
      <input type="hidden" name="do" value="presence" />
      <input type="hidden" name="uid" value={String(uid)} />
      <button
        type="submit"
        id={anchorOf(uid)}
        name="online"
        value={online ? "0" : "1"}
        role="switch"
        aria-checked={online ? "true" : "false"}
        aria-labelledby={`online ${anchorOf(uid)}-address`}
        class="toggle"
      >
        {online ? "on" : "off"}
      </button>
    </form>
  );
}

function UserRow({ user }: { user: UserState }): JSX.Element {
  const { uid, address, name, active } = user;
  return (
    <tr>
      <td class="number">{uid}</td>
      <th scope="row">
        <span id={`${anchorOf(uid)}-address`}>
          <Text of={address} />
        </span>
        {active ? null : <span class="mark">not active</span>}
      </th>
      <td>{name === "" ? null : <Text of={name} />}</td>
      <td data-label="Online">
        <OnlineSwitch user={user} />
      </td>
      <td class="end">
        <form method="post">
          <input type="hidden" name="do" value="remove" />
          <input type="hidden" name="uid" value={String(uid)} />
          <Danger label="Remove" button="Remove user" of={address} />
        </form>
      </td>
    </tr>
  );
}

/** The users of a world. */
export function UserTable({ visit }: { visit: Visit }): JSX.Element {
  const slice = sliceOf([...visit.entry.world.users.values()], visit.query);
  if (slice.total === 0)
    return <p class="empty">This world has no user yet. Only users can become members.</p>;
  return (
    <>
      <div class="scroll">
        <table class="stack">
          <caption>{slice.total === 1 ? "1 user" : `${slice.total} users`}</caption>
          <thead>
            <tr>
              <th scope="col" class="number">
                uid
              </th>
              <th scope="col">Address</th>
              <th scope="col">Name</th>
              <th scope="col" id="online">
                Online
              </th>
              <th scope="col">
                <span class="hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {slice.items.map((user) => (
              <UserRow user={user} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager slice={slice} path={visit.path} />
    </>
  );
}
