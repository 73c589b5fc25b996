import { checkFlags } from "@mesibo-groups/core";
import type { EditedCall } from "../call/draft.ts";
import { addsEachTime, opClasses } from "../call/op-class.ts";
import { MAX_PLAIN_REMOVAL } from "./bulk-job.ts";
import type { ConfirmDialog, DraftDialog } from "./dialogs.ts";
import { textField } from "./text-field.ts";

/** What a dialog about an edited call is called that was not sent. */
export const draftTitle = (faults: readonly string[]): string =>
  faults.length === 0 ? "Nothing was sent" : "Nothing was sent: this is no request yet";

/** What a call is about, to be typed where a key is not enough: a gid, an address, or else the operation. */
export function subjectOf({ op, request }: EditedCall): string {
  if ("gid" in request && request.gid !== undefined) return String(request.gid);
  if ("address" in request && request.address !== undefined) return request.address;
  return "uid" in request && request.uid !== undefined ? String(request.uid) : op;
}

/** Whether a call takes so much away that a key is not enough. */
function isSevere({ op, request }: EditedCall): boolean {
  if (opClasses[op] === "destroys") return true;
  if (op === "groupset") return "members" in request;
  return "remove" in request && "members" in request && request.members.length > MAX_PLAIN_REMOVAL;
}

function cautions(call: EditedCall): readonly string[] {
  const { op, request } = call;
  const flags = "flags" in request ? request.flags : undefined;
  return [
    ...(opClasses[op] === "destroys" ? ["What it names will be gone."] : []),
    ...(op === "groupset" && "members" in request
      ? ["Its members take the place of all that are there."]
      : []),
    ...(op === "groupeditmembers" && "remove" in request && request.remove === true
      ? ["It removes these members."]
      : []),
    ...(addsEachTime(call) ? ["What it makes is made once more each time it is sent."] : []),
    ...(flags?.send === "anyone" ? ["Anyone will be able to send to this group, members or not."] : []),
    ...(flags?.store === false ? ["Messages will not be stored: who is offline never gets them."] : []),
    ...(flags === undefined ? [] : checkFlags(flags))
      .filter(({ kind }) => kind === "contradiction" || kind === "undefined_choice")
      .map(({ message }) => `${message} It is sent as it is.`),
    ...(opClasses[op] === "asks" ? ["It changes nothing."] : ["Undo does not take it back."]),
  ];
}

/** Parameters by their path. */
function parametersOf(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, below]) =>
    parametersOf(below, path === "" ? key : `${path}.${key}`),
  );
}

/** Says what would be sent, and asks. */
export function sendDialog(call: EditedCall, over: DraftDialog): ConfirmDialog {
  const asks = opClasses[call.op] === "asks";
  return {
    kind: "confirm",
    title: `Send ${call.op} as it is now?`,
    lines: [...cautions(call), parametersOf(JSON.parse(call.body)).join(", ")],
    verb: "send it",
    phrase: isSevere(call) ? subjectOf(call) : undefined,
    typed: textField(),
    effects: [asks ? { kind: "ask_edited", call } : { kind: "send_edited", call }],
    over,
  };
}
