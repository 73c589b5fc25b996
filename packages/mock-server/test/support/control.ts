import type { EntryView } from "../../src/journal/view.ts";
import type { Mock } from "../../src/index.ts";

/** An answer of the control API. */
export interface ControlAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly json: unknown;
}

/** A request to the control API of a mock, with a body as JSON where there is one. */
export async function control(
  mock: Pick<Mock, "fetch" | "url">,
  method: string,
  path: string,
  body?: unknown,
): Promise<ControlAnswer> {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await mock.fetch(new URL(`/_mock${path}`, mock.url).href, { method, ...sent });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") === true && text !== "";
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** Sends a request to a mock and gives back how the journal shows it. */
export async function shownOf(
  mock: Mock,
  target: string,
  init: RequestInit & { readonly world?: string } = {},
): Promise<EntryView> {
  await mock.fetch(new URL(target, mock.url).href, init);
  const last = mock.world(init.world).requests().at(-1);
  if (last === undefined) throw new Error("the journal is empty");
  return last;
}
