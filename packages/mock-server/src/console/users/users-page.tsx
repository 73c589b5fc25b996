/** @jsxImportSource hono/jsx */
import { failureOfControl } from "../control.ts";
import { TextField } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";
import { backTo, typedInto, type Action, type Page } from "../page.ts";
import { send } from "../send.ts";
import { anchorOf, UserTable } from "./user-table.tsx";

const add: Action = async (visit, form) => {
  const name = fieldOf(form, "name");
  const address = fieldOf(form, "address");
  const sent = await send(visit, "useradd", { address, name: name === "" ? undefined : name });
  return sent.ok ? { to: backTo(visit, sent.n) } : sent;
};

const remove: Action = async (visit, form) => {
  const sent = await send(visit, "userdel", { uid: Number(fieldOf(form, "uid")) });
  return sent.ok ? { to: backTo(visit, sent.n) } : sent;
};

// mesibo has no call for it: a real user is online while their app is.
const presence: Action = (visit, form) => {
  const user = visit.entry.world.users.get(Number(fieldOf(form, "uid")));
  if (user === undefined)
    return { failure: { title: "Not done", sentence: "The user is no more.", n: undefined } };
  const body = { [user.address]: fieldOf(form, "online") === "1" };
  const failure = failureOfControl(visit, { id: "putPresence", body });
  return failure === undefined ? { to: backTo(visit, undefined, anchorOf(user.uid)) } : { failure };
};

/** The users of a world, and who of them is online. */
export const usersPage: Page = {
  path: "/users",
  title: () => "Users",
  body: (visit, retry) => {
    const typed = typedInto("add", retry);
    return (
      <>
        <section class="card" aria-labelledby="new">
          <h2 id="new">New user</h2>
          <form method="post" class="line">
            <input type="hidden" name="do" value="add" />
            <TextField
              id="address"
              name="address"
              label="Address"
              required
              value={typed === undefined ? "" : fieldOf(typed, "address")}
            />
            <TextField
              id="name"
              name="name"
              label="Name"
              value={typed === undefined ? "" : fieldOf(typed, "name")}
            />
            <button type="submit" class="primary">
              Add user
            </button>
          </form>
        </section>
        <section class="card">
          <UserTable visit={visit} />
        </section>
      </>
    );
  },
  actions: { add, remove, presence },
};
