import { parseRequest, writeRequest, type Gid, type OpName, type Requests } from "@mesibo-groups/core";

/** A change as it is asked of the client. */
export interface Change {
  readonly op: OpName;
  readonly request: Requests[OpName];
}

const kinds = {
  groupadd: "create_group",
  groupset: "change_group",
  groupdel: "delete_group",
  groupeditmembers: "edit_members",
  useradd: "create_user",
  userset: "change_user",
  userdel: "delete_user",
  usertoken: "change_user_token",
  message: "send_message",
  groupsget: "list_groups",
  groupgetmembers: "list_members",
  usersget: "list_users",
} as const satisfies Record<OpName, string>;

/** What kind of change it is, as a gateway calls it. */
export const kindOf = ({ op, request }: Change): string =>
  "remove" in request && "members" in request && request.remove ? "remove_members" : kinds[op];

/** The group that a change names. */
export const gidOf = ({ request }: Change): Gid | undefined => ("gid" in request ? request.gid : undefined);

/** What a change is about besides its group: the name of a group, or a user's address. */
export function subjectOf({ request }: Change): string | undefined {
  if ("address" in request && request.address !== undefined) return request.address;
  return "name" in request ? request.name : undefined;
}

/** A change as JSON without a token. */
export const writeChange = (change: Change): string => writeRequest(change);

/** Reads what {@link writeChange} wrote; undefined where it is something else. */
export function readChange(body: string): Change | undefined {
  const parsed = parseRequest(body);
  return parsed.ok ? { op: parsed.op, request: parsed.request } : undefined;
}
