import * as z from "zod/mini";
import type { Dialect } from "@mesibo-groups/core";
import type { TestStep } from "./test-profile.ts";

/** A call that changes nothing, and what its answer says. */
export interface Probe {
  readonly url: string;
  readonly init: RequestInit;
  readonly verdict: (answer: { readonly status: number; readonly text: string }) => TestStep;
}

const ok = (value: string): TestStep => ({ name: "answer", value, state: "ok" });
const wrong = (value: string): TestStep => ({ name: "answer", value, state: "wrong" });
const unauthorised = (value: string): TestStep => ({ ...wrong(value), fault: "unauthorised" });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mesiboAnswer = z.object({ code: z.optional(z.int()), error: z.optional(z.string()) });

function mesiboVerdict({ text }: { readonly text: string }): TestStep {
  const { code, error } = mesiboAnswer.safeParse(readJson(text)).data ?? {};
  // mesibo: the token is checked before the parameters, so `useradd` without a user is 400 for a good token and
  // 401 for a bad one (section 10); secret scanners ask the same.
  if (code === 400) return ok("400: the token is good, and nothing was changed.");
  if (error === "TOKENBREACH") {
    return unauthorised("TOKENBREACH: mesibo has disabled this app. Nothing may be sent with this token.");
  }
  if (code === 401) return unauthorised("401: the token was refused. Correct where the profile has it from.");
  return wrong("no answer of a mesibo server. Check the URL.");
}

/** Asks mesibo, or a mock, to make a user without an address. */
export function probeMesibo({
  url,
  token,
  dialect,
}: {
  readonly url: string;
  readonly token: string;
  readonly dialect: Dialect;
}): Probe {
  const asked = { op: "useradd", token };
  // The token is in the body: a URL would leave it in logs.
  const init: RequestInit =
    dialect === "form"
      ? { method: "POST", body: new URLSearchParams(asked) }
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(asked),
        };
  return { url, init, verdict: mesiboVerdict };
}

const gatewayList = z.object({ items: z.array(z.unknown()) });
const gatewayProblem = z.object({ type: z.string().check(z.startsWith("/problems/")) });

function gatewayVerdict({ status, text }: { readonly status: number; readonly text: string }): TestStep {
  const body = readJson(text);
  if (status === 200 && gatewayList.safeParse(body).success)
    return ok("200: the API key is good, and nothing was changed.");
  const name = gatewayProblem.safeParse(body).data?.type.slice("/problems/".length);
  if (name === undefined) return wrong("no answer of a mesibo gateway. Check the URL.");
  if (name === "insufficient-scope") return ok("403: the API key is good, and may not list groups.");
  if (name === "unauthenticated")
    return unauthorised("401: the API key was refused. Correct where the profile has it from.");
  return wrong(`${status}: the gateway says ${name}.`);
}

/** Asks a gateway for one group. */
export const probeGateway = ({ url, key }: { readonly url: string; readonly key: string }): Probe => ({
  url: `${url.replace(/\/+$/, "")}/v1/groups?limit=1`,
  init: { headers: { authorization: `Bearer ${key}` } },
  verdict: gatewayVerdict,
});
