import { createMock } from "@mesibo-groups/mock-server";
import * as z from "zod/mini";
import { findCredential, noCredential, type Sought } from "./credential.ts";
import { ProfileError } from "./errors.ts";

/** One thing that a test of a profile looked at, as it became known. */
export interface TestStep {
  readonly name: "server" | "credential" | "answer";
  /** In words, never with a secret in them. */
  readonly value: string;
  readonly state: "ok" | "wrong";
}

/** How a profile is tested. */
export interface TestOptions extends Sought {
  /** Told of each step as soon as it is known. */
  readonly onStep: (step: TestStep) => void;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Milliseconds that the one call may take. */
const LIMIT_MS = 10_000;

/** An answer is a few words; a server that sends more is no mesibo. */
const MAX_CHARACTERS = 65_536;

const answerSchema = z.object({ code: z.optional(z.int()), error: z.optional(z.string()) });

const ok = (name: TestStep["name"], value: string): TestStep => ({ name, value, state: "ok" });
const wrong = (name: TestStep["name"], value: string): TestStep => ({ name, value, state: "wrong" });

function verdict(text: string): TestStep {
  const parsed = answerSchema.safeParse(readJson(text));
  const { code, error } = parsed.success ? parsed.data : {};
  // mesibo: the token is checked before the parameters, so `useradd` without a user is 400 for a good token and
  // 401 for a bad one (section 10); secret scanners ask the same.
  if (code === 400) return ok("answer", "400: the token is good, and nothing was changed.");
  if (error === "TOKENBREACH") {
    return wrong("answer", "TOKENBREACH: mesibo has disabled this app. Nothing may be sent with this token.");
  }
  if (code === 401)
    return wrong("answer", "401: the token was refused. Correct where the profile has it from.");
  return wrong("answer", "no answer of a mesibo server. Check the URL.");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function probe(token: string, dialect: string): RequestInit {
  // The token is in the body: a URL would leave it in logs.
  return dialect === "form"
    ? { method: "POST", body: new URLSearchParams({ op: "useradd", token }) }
    : {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ op: "useradd", token }),
      };
}

async function ask({ resolved, fetch }: TestOptions, token: string): Promise<TestStep> {
  const inside = resolved.url.value === undefined ? createMock() : undefined;
  const send = fetch ?? inside?.fetch ?? globalThis.fetch;
  const url = resolved.url.value ?? inside?.url ?? "";
  try {
    const response = await send(url, {
      ...probe(inside?.token ?? token, resolved.dialect.value),
      // Another place may be anybody's.
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return verdict((await response.text()).slice(0, MAX_CHARACTERS));
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return wrong(
      "answer",
      late ? `none within ${LIMIT_MS / 1000} s.` : "none: the server cannot be reached. Check the URL.",
    );
  }
}

/**
 * Tests a profile with one call that changes nothing, and says whether all is well. It costs one of the five
 * addresses that mesibo allows an app, so ask before it is done with a profile of kind mesibo.
 */
export async function testProfile(options: TestOptions): Promise<boolean> {
  const { resolved, around, onStep } = options;
  const { kind, url } = resolved;
  onStep(ok("server", url.value ?? "the mock inside this app"));
  let token = "mock-app-token";
  try {
    const secret = url.value === undefined ? undefined : await findCredential({ around, resolved });
    if (secret === undefined && kind.value !== "mock") throw noCredential(resolved);
    if (secret !== undefined) token = secret.reveal();
    onStep(
      ok(
        "credential",
        secret === undefined ? "not set; a mock takes any" : `${secret.source}, ${secret.description}`,
      ),
    );
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    onStep(wrong("credential", error.message));
    return false;
  }
  if (kind.value === "gateway") {
    onStep(wrong("answer", "not asked: this version cannot talk to a gateway yet."));
    return false;
  }
  const answer = await ask(options, token);
  onStep(answer);
  return answer.state === "ok";
}
