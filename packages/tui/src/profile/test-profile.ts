import { findCredential, MOCK_TOKEN, noCredential, type Sought } from "./credential.ts";
import { ProfileError } from "./errors.ts";
import { probeGateway, probeMesibo, type Probe } from "./probe.ts";
import type { Secret } from "./secret.ts";

/** One thing that a test of a profile looked at, as it became known. */
export interface TestStep {
  readonly name: "server" | "credential" | "answer";
  /** In words, never with a secret in them. */
  readonly value: string;
  readonly state: "ok" | "wrong";
  /** Why it is wrong, where that is not the configuration. */
  readonly fault?: "unauthorised" | "not_sent" | undefined;
}

/** The part of `fetch` that the test of a profile needs. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a profile is tested. */
export interface TestOptions extends Sought {
  /** Told of each step as soon as it is known. */
  readonly onStep: (step: TestStep) => void;
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined;
}

/** Milliseconds that the one call may take. */
const LIMIT_MS = 10_000;

/** An answer is a few words; a server that sends more is no mesibo. */
const MAX_CHARACTERS = 65_536;

const ok = (name: TestStep["name"], value: string): TestStep => ({ name, value, state: "ok" });
const wrong = (name: TestStep["name"], value: string): TestStep => ({ name, value, state: "wrong" });

async function probeOf(
  { resolved, fetch = globalThis.fetch }: TestOptions,
  secret: Secret | undefined,
): Promise<Probe & { readonly fetch: Fetch }> {
  const { kind, url, dialect } = resolved;
  if (url.value === undefined) {
    // The mock comes with it, which nobody else needs.
    const { createMock } = await import("@mesibo-groups/mock-server");
    const { url, token, fetch } = createMock();
    return { ...probeMesibo({ url, token, dialect: dialect.value }), fetch };
  }
  const given = secret?.reveal() ?? MOCK_TOKEN;
  const probe =
    kind.value === "gateway"
      ? probeGateway({ url: url.value, key: given })
      : probeMesibo({ url: url.value, token: given, dialect: dialect.value });
  return { ...probe, fetch };
}

async function ask(options: TestOptions, secret: Secret | undefined): Promise<TestStep> {
  const { fetch, url, init, verdict } = await probeOf(options, secret);
  try {
    const response = await fetch(url, {
      ...init,
      // Another place may be anybody's.
      redirect: "manual",
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return verdict({ status: response.status, text: (await response.text()).slice(0, MAX_CHARACTERS) });
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    const value = late
      ? `none within ${LIMIT_MS / 1000} s.`
      : "none: the server cannot be reached. Check the URL.";
    return { ...wrong("answer", value), fault: "not_sent" };
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
  let secret: Secret | undefined;
  try {
    secret = url.value === undefined ? undefined : await findCredential({ around, resolved });
    if (secret === undefined && kind.value !== "mock") throw noCredential(resolved);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    onStep(wrong("credential", error.message));
    return false;
  }
  onStep(
    ok(
      "credential",
      secret === undefined ? "not set; a mock takes any" : `${secret.source}, ${secret.description}`,
    ),
  );
  const answer = await ask(options, secret);
  onStep(answer);
  return answer.state === "ok";
}
