import { ValidationError, type Client } from "@mesibo-groups/core";
import { readDraft, type EditedCall } from "./call/draft.ts";
import type { Desk } from "./desk/desk.ts";
import type { EditCallEffect, EditedAnswer } from "./state/edited-effects.ts";

/** What a call is edited with. */
export interface Editing {
  readonly client: Client;
  readonly desk: Desk;
}

/** Why the client would not send a call, or undefined. It alone knows the token, which has no place in one. */
function refusal({ check }: Client, { op, request }: EditedCall): string | undefined {
  try {
    check(op, request, { keepConflicts: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return `${error.field} must be ${error.expected}`;
  }
}

/** Has a call edited, and reads what comes back. Sends nothing. */
export async function editCall(effect: EditCallEffect, { client, desk }: Editing): Promise<EditedAnswer> {
  const handed = await desk.edit(effect.draft);
  if (!handed.ok) return { kind: "call_dropped", reason: `${handed.reason} Nothing was sent.` };
  // Editors end a file as they like.
  if (handed.text.trimEnd() === effect.draft.first.trimEnd())
    return { kind: "call_dropped", reason: "The text was left as it was, so nothing was sent." };
  const draft = { ...effect.draft, text: handed.text };
  const read = readDraft(handed.text);
  if (read.kind === "empty")
    return { kind: "call_dropped", reason: "The text came back empty, so nothing was sent." };
  if (read.kind === "faults") return { kind: "call_faulty", draft, faults: read.faults };
  const fault = refusal(client, read.call);
  return fault === undefined
    ? { kind: "call_edited", draft, call: read.call }
    : { kind: "call_faulty", draft, faults: [fault] };
}
