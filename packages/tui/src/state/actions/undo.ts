import { formatFlags, permissionNames, type Permissions } from "@mesibo-groups/core";
import { capital, duration, listed } from "../../text/words.ts";
import { endedBulk, MAX_PLAIN_REMOVAL } from "../bulk-job.ts";
import { isMembersEffect, type Mutation } from "../effects.ts";
import { groupOf, type Reversal, type State } from "../model.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import { step, withDialog, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import { gidOf, removals } from "../undo.ts";
import { undone } from "./bulk.ts";
import type { Handler } from "./handler.ts";

const permissionWords = (permissions: Permissions): string =>
  permissionNames.filter((name) => permissions[name]).join(", ") || "no permission";

/** What an effect of a reversal does, as a sentence. */
function sentence(effect: Mutation): string {
  switch (effect.kind) {
    case "remove_members":
      return `Removes ${listed(effect.addresses)}.`;
    case "add_members":
      return `Adds ${listed(effect.addresses)} with ${permissionWords(effect.permissions)}.`;
    case "set_permissions":
      return `Gives ${listed(effect.addresses)} ${permissionWords(effect.permissions)}.`;
    case "edit_group": {
      const { name, flags, expiry, active } = effect;
      const parts = [
        name === undefined ? "" : `the name ${JSON.stringify(name)}`,
        flags === undefined ? "" : `the flags ${formatFlags(flags, "hex")}`,
        expiry === undefined ? "" : `an end in ${duration(expiry)}`,
        active === undefined ? "" : active ? "active" : "inactive",
      ];
      return `Writes ${parts.filter((part) => part !== "").join(" and ")}.`;
    }
    case "create_group":
    case "delete_group":
    case "run_bulk":
    case "send_edited":
      return "";
  }
}

function reversalDialog(state: State, reversal: Reversal, of: "undo" | "redo"): ConfirmDialog {
  const gid = gidOf(reversal);
  const gone = gid !== undefined && groupOf(state, gid) === undefined;
  return {
    kind: "confirm",
    title: `${capital(of)}: ${reversal.title}?`,
    lines: [
      ...reversal.effects.map(sentence),
      ...(gone ? [`Group ${gid} is not listed any more, so this may be refused.`] : []),
    ],
    verb: `${of} it`,
    phrase: removals(reversal) > MAX_PLAIN_REMOVAL ? String(gid) : undefined,
    typed: textField(),
    effects: reversal.effects.map((effect) =>
      isMembersEffect(effect) || effect.kind === "edit_group" ? { ...effect, of } : effect,
    ),
    takes: of,
  };
}

/** Taking a bulk job back says first what it takes now. */
function askBulk(state: State, id: number): Step {
  const job = state.jobs.find((each) => each.id === id);
  const bulk = job === undefined ? undefined : endedBulk(job);
  if (bulk === undefined) return step(state);
  const asked = undone(state, bulk);
  const { dialog } = asked.state;
  return dialog?.kind === "confirm"
    ? { ...asked, state: withDialog(asked.state, { ...dialog, takes: "undo" }) }
    : asked;
}

const ask =
  (of: "undo" | "redo"): Handler =>
  (state) => {
    const reversal = state[of].at(-1);
    if (reversal?.job !== undefined) return askBulk(state, reversal.job);
    return step(reversal === undefined ? state : withDialog(state, reversalDialog(state, reversal, of)));
  };

/** Taking changes back, and doing them again. Each shows first what it would do. */
export const undoActions = {
  undo: ask("undo"),
  redo: ask("redo"),
} as const satisfies Record<string, Handler>;
