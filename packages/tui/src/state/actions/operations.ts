import type { Resolution, UnknownOperation } from "../../operation.ts";
import { capital, listed } from "../../text/words.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import { keeperOf } from "../keeper.ts";
import { keyHere } from "../key-here.ts";
import type { State } from "../model.ts";
import { operationPhrase, operationTitle, twiceWords } from "../operation-words.ts";
import { withDialog } from "../step.ts";
import { textField } from "../text-field.ts";

/** The listed groups of the name that a group was to be made with, as a sentence; empty where it is no such operation. */
function twins({ data }: State, { kind, name }: UnknownOperation): string {
  if (kind !== "create_group") return "";
  const gids = (data.groups?.groups ?? [])
    .filter((group) => group.name === name)
    .map(({ gid }) => `group ${gid}`);
  return gids.length === 0 ? "No group of that name is listed." : `Listed of that name: ${listed(gids)}.`;
}

/** The keys that settle what is unknown. */
export const settlingKeys = (state: State): string =>
  [
    `${keyHere(state, "job_happened")}: it happened.`,
    `${keyHere(state, "job_did_not")}: it did not.`,
    `${keyHere(state, "job_again")}: send it again.`,
  ].join(" ");

/** Whom settling is for. */
const settlingWords = ({ connection }: State): string =>
  keeperOf(connection) === "gateway"
    ? "Settling is for everybody who uses the gateway."
    : "It is kept here until it is settled.";

/** All that is known of an operation. */
export function operationAccount(state: State, operation: UnknownOperation): string {
  const { id, detail, createdAt } = operation;
  return [
    `${capital(operationTitle(operation))}.`,
    "Unknown: it was sent and no answer came. It may have happened.",
    detail,
    twins(state, operation),
    `Asked for at ${createdAt}, as ${id}.`,
    `In the list ${keyHere(state, "refresh")} looks again. ${settlingKeys(state)} ${settlingWords(state)}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

interface Asked {
  readonly title: string;
  readonly line: string;
  readonly verb: string;
  readonly phrase?: string | undefined;
  readonly resolution: Resolution;
}

function ask(state: State, operation: UnknownOperation, asked: Asked): State {
  const { title, line, verb, phrase, resolution } = asked;
  const dialog: ConfirmDialog = {
    kind: "confirm",
    title,
    lines: [`${capital(operationTitle(operation))}, asked for at ${operation.createdAt}.`, line],
    verb,
    phrase,
    typed: textField(),
    effects: [{ kind: "settle_operation", operation, resolution }],
  };
  return withDialog(state, dialog);
}

const saidWords = ({ connection }: State): string =>
  keeperOf(connection) === "gateway"
    ? "The gateway answers whoever repeats the request by this from now on."
    : "It is kept no longer, and Jobs asks no more.";

/** Asks before an operation is settled as happened; a gateway has to be told the gid of a new group first. */
export function settleHappened(state: State, operation: UnknownOperation): State {
  // A gateway lists the group from then on; this machine keeps no list.
  if (operation.kind === "create_group" && keeperOf(state.connection) === "gateway")
    return withDialog(state, { kind: "prompt", of: "made", text: textField(), operation });
  return ask(state, operation, {
    title: "Did it happen?",
    line: saidWords(state),
    verb: "it happened",
    resolution: { outcome: "happened" },
  });
}

/** Asks before an operation is settled as not happened. */
export const settleDidNot = (state: State, operation: UnknownOperation): State =>
  ask(state, operation, {
    title: "Did it not happen?",
    line: saidWords(state),
    verb: "it did not happen",
    resolution: { outcome: "did_not_happen" },
  });

/** Asks before an operation is sent again. */
export function settleAgain(state: State, operation: UnknownOperation): State {
  const { adds } = operation;
  return ask(state, operation, {
    title: "Send it again?",
    line: twiceWords(operation),
    verb: "send it again",
    phrase: adds ? operationPhrase(operation) : undefined,
    resolution: { outcome: "retried", ...(adds ? { accept_duplicate_risk: true as const } : {}) },
  });
}
