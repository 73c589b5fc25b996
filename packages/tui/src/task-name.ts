import { controlTask } from "./perform-control.ts";
import { operationsTask } from "./perform-operations.ts";
import { isControlEffect } from "./state/control-effects.ts";
import type { BulkEffect, MembersEffect, ServerEffect } from "./state/effects.ts";
import { isOperationEffect } from "./state/operation-effects.ts";
import { plural } from "./text/words.ts";

const doing = {
  add_members: "adding",
  set_permissions: "changing",
  remove_members: "removing",
} satisfies Record<MembersEffect["kind"], string>;

function bulkTask({ plan, makeUsers, follows }: BulkEffect): string {
  if (follows?.as === "undo") return `taking job ${follows.job} back`;
  return makeUsers ? `making ${plural(plan.members, "user")}` : `adding ${plural(plan.members, "member")}`;
}

/** What is being done, for the status line. */
export function taskName(effect: ServerEffect): string {
  if (isControlEffect(effect)) return controlTask(effect);
  if (isOperationEffect(effect)) return operationsTask(effect);
  switch (effect.kind) {
    case "list_groups":
      return "listing groups";
    case "list_members":
      return "listing members";
    case "create_group":
      return "creating the group";
    case "edit_group":
      return "writing the group";
    case "delete_group":
      return `deleting group ${effect.gid}`;
    case "add_members":
    case "set_permissions":
    case "remove_members":
      return `${doing[effect.kind]} ${plural(effect.addresses.length, "member")}`;
    case "run_bulk":
      return bulkTask(effect);
    case "stop_bulk":
    case "stop_reading":
      return "stopping";
    case "read_file":
      return "reading the file";
    case "save_failures":
      return "writing the file";
    case "copy":
      return `copying ${effect.what}`;
    case "export_calls":
      return "writing the calls to a file";
    case "edit_call":
      return "waiting for the editor";
    case "ask_edited":
    case "send_edited":
      return `sending ${effect.call.op}`;
    case "hand_over":
      return `waiting for the ${effect.to}`;
    case "save_list":
      return "writing the list to a file";
  }
}
