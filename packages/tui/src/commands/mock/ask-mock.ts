import { createAsk, readJson, type Question } from "../../control/ask.ts";
import { ControlError } from "../../control/errors.ts";
import { CommandError, usage } from "../command-error.ts";
import { targetOf, type Asking } from "../target.ts";

/** The control API of a mock over HTTP. Everything rejects with a `CommandError`. */
export interface MockControl {
  /** Resolves with the answer's text; undefined where it has none. */
  readonly text: (question: Question) => Promise<string | undefined>;
  readonly json: (question: Question) => Promise<unknown>;
  /** The path of the app token's world. */
  readonly world: string;
}

const OTHERWISE =
  "This is for a mock over HTTP. Choose a profile with its URL and token, or set MESIBO_URL and MESIBO_APP_TOKEN to what mesibo-mock printed.";

function commandError({ outcome, status, message }: ControlError): CommandError {
  if (outcome !== "refused") {
    const next = outcome === "unknown" ? "Look at mock journal." : "Start one with mock start.";
    return new CommandError(outcome, `${message} ${next}`);
  }
  return status === 404
    ? new CommandError("not_found", `${message} Set MESIBO_APP_TOKEN to what mesibo-mock printed.`)
    : usage(message);
}

/** Opens the control API of the mock that options, environment and files choose. */
export async function openMock(asking: Asking, changes = false): Promise<MockControl> {
  const { url, secret } = await targetOf(asking, { kind: "mock", otherwise: OTHERWISE, changes });
  const ask = createAsk({
    url,
    token: secret,
    fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, asking.signal]) }),
  });
  const text: MockControl["text"] = async (question) => {
    try {
      return await ask(question);
    } catch (error) {
      throw error instanceof ControlError ? commandError(error) : error;
    }
  };
  // The token stands in the other paths, so who is no mock is found out before it is asked with one.
  const identity = readJson(await text({ path: "/identity" }));
  if (typeof identity !== "object" || identity === null || !("instance" in identity))
    throw usage("MESIBO_URL is no mock with its control API on. Start one with mock start.");
  return {
    text,
    json: async (question) => readJson(await text(question)),
    world: `/worlds/${encodeURIComponent(secret)}`,
  };
}
