import type { Mock } from "@mesibo-groups/mock-server";
import { createControl, type Control } from "../../src/control/control.ts";

const INSTANCE = "0f1e2d3c-0000-4000-8000-000000000000";

/** The control of a mock whose instance is always the same, so that frames of it are too. */
export const controlOf = ({ fetch, url, token }: Mock): Control =>
  createControl({
    url,
    token,
    fetch: async (request) => {
      const answer = await fetch(request);
      const instance = answer.headers.get("x-mock-instance") ?? INSTANCE;
      const text = (await answer.text()).replaceAll(instance, INSTANCE);
      return new Response(answer.status === 204 ? null : text, answer);
    },
  });
