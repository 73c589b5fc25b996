import {
  MembersError,
  NotSentError,
  UnknownOutcomeError,
  type MemberFailure,
  type OpName,
} from "@mesibo-groups/core";
import type { Change } from "./change.ts";

/** The reason of a change that was not sent because nothing more could be kept. */
const NO_ROOM = "no_room";

/** The error of a change that was not sent because nothing more can be kept. */
export const noRoomError = (op: OpName, words: string): NotSentError =>
  new NotSentError({ op, kind: "not_sent", attempts: 0 }, NO_ROOM, {
    message: `${op}: not sent, nothing happened. ${words}`,
  });

/** Whether an error says that no change fits any more. */
export const isNoRoom = (error: unknown): boolean =>
  error instanceof NotSentError && error.reason === NO_ROOM;

const isLost = (error: unknown): error is UnknownOutcomeError =>
  error instanceof UnknownOutcomeError && error.mayHaveHappened;

/** What of a change may have happened, by the error that it ended with: of many members those alone. */
export function doubtIn(change: Change, error: unknown): Change | undefined {
  if (isLost(error)) return change;
  if (!(error instanceof MembersError) || error.report.unknown.length === 0) return undefined;
  const members = error.report.unknown.map(({ address }) => address);
  return { ...change, request: { ...change.request, members } };
}

/** The words of an error about what may have happened. */
export function doubtWords(error: unknown): string {
  const [first] = error instanceof MembersError ? error.report.unknown : [];
  const told = first?.error ?? error;
  return told instanceof Error ? told.message : "";
}

/** Where a change is kept, or why it is not. */
export type KeptAt =
  | { readonly id: string; readonly fault?: undefined }
  | { readonly id?: undefined; readonly fault: string };

function tellLost(error: UnknownOutcomeError, { id, fault }: KeptAt): UnknownOutcomeError {
  const { op, kind, sent, attempts, reason } = error;
  const words = fault === undefined ? reason : `${reason}; and it could not be kept: ${fault}`;
  return new UnknownOutcomeError({ op, kind, sent, attempts }, words, id);
}

/** The same error, with where the change is kept. */
export function withKeeping(error: unknown, keptAt: KeptAt): unknown {
  if (isLost(error)) return tellLost(error, keptAt);
  if (!(error instanceof MembersError)) return error;
  const { op, report } = error;
  const told = (failure: MemberFailure): MemberFailure =>
    isLost(failure.error) ? { ...failure, error: tellLost(failure.error, keptAt) } : failure;
  return new MembersError(op, { ...report, unknown: report.unknown.map(told) });
}
