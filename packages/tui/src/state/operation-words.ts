import type { UnknownOperation } from "../operation.ts";

const verbs: Readonly<Record<string, string>> = {
  create_group: "create the group",
  create_user: "make the user",
  change_user: "write the user",
  delete_user: "delete the user",
  change_user_token: "make or remove a token of the user",
  send_message: "send a message",
  change_group: "write group",
  delete_group: "delete group",
  put_member: "put a member into group",
  remove_member: "remove a member of group",
  import_groups: "take groups into the gateway's list",
  edit_members: "edit members of group",
  remove_members: "remove members of group",
  set_members: "set the members of group",
};

/** What an operation was to do, in a few words. A kind that is not known has its own name. */
export function operationTitle({ kind, gid, name }: UnknownOperation): string {
  const verb = verbs[kind] ?? kind.replaceAll("_", " ");
  const what = gid === undefined ? (name === undefined ? "" : JSON.stringify(name)) : String(gid);
  return `${verb} ${what}`.trim();
}

/** What has to be typed before a group is created once more: the last letters of the operation's id. */
export const operationPhrase = ({ id }: UnknownOperation): string => id.slice(-4).toLowerCase();

/** What sending a change again does where it did happen, as a sentence. */
export function twiceWords({ kind, adds }: { readonly kind: string; readonly adds: boolean }): string {
  if (!adds) return "If it did happen, sending it again changes nothing more.";
  return kind === "create_group"
    ? "If it did happen, there will be two groups of that name: mesibo makes another one each time."
    : "If it did happen, it will have happened twice.";
}

/** What settled an operation, as a sentence. */
export const settledWords = {
  happened: "It is settled: it happened.",
  did_not_happen: "It is settled: it did not happen.",
  retried: "It was sent again, and is done.",
} as const;
