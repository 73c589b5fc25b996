import { NotSentError, RefusedError, UnknownOutcomeError } from "@mesibo-groups/core";
import { failureOf } from "./failure.ts";
import type { Failure } from "./state/events.ts";

/**
 * Why a question to the server brought no answer, in words for people with the one next step. A question changes
 * nothing, so whether it arrived is nobody's worry. Anything but an error of the client is thrown on.
 */
export function readingFailure(error: unknown): Failure {
  const failure = failureOf(error);
  if (error instanceof NotSentError && error.kind === "not_sent") {
    const text = `The server cannot be reached (${error.reason}). Check the network and the URL.`;
    return { ...failure, text, again: true };
  }
  if (error instanceof UnknownOutcomeError) {
    const text =
      error.kind === "protocol"
        ? `The answer is not understood (${error.reason}). Check that the URL is a mesibo server's.`
        : `No answer came (${error.reason}).`;
    return { ...failure, text, again: true };
  }
  const isRefused = error instanceof RefusedError && error.kind === "refused";
  return isRefused ? { ...failure, again: true } : failure;
}
