import type { WebFetch } from "./fetch.ts";

/** Answers with what is loaded when it is first asked. */
export function lazily(load: () => Promise<WebFetch>): WebFetch {
  let loaded: Promise<WebFetch> | undefined;

  return async (request) => {
    loaded ??= load();
    const answer = await loaded;
    return answer(request);
  };
}
