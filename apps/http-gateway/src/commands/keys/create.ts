import {
  createApiKey,
  DEFAULT_KEY_DAYS,
  hasUsableKey,
  MAX_KEY_DAYS,
  type NewApiKey,
} from "../../keys/manage.ts";
import { scopes } from "../../keys/scopes.ts";
import type { Command, Flags } from "../command.ts";
import { CommandError } from "../say.ts";
import { withAnyStore } from "../with-store.ts";
import { environmentOf, groupsOf, nameOf, numberOf, scopesOf, textOf } from "./flags.ts";
import { operatorAt, showKey } from "./told.ts";

const lifeOf = (flags: Flags): number =>
  numberOf(flags, { name: "days", from: 1, to: MAX_KEY_DAYS, otherwise: DEFAULT_KEY_DAYS });

const options = {
  name: { type: "string" },
  env: { type: "string" },
  days: { type: "string" },
  json: { type: "boolean" },
} as const;

/** Makes the first key, which may do everything. */
export const keysBootstrap: Command = {
  summary: "make the first API key, which may do everything; refused where there is one",
  options,
  run: async ({ flags, variables }) => {
    const asked: NewApiKey = {
      name: textOf(flags, "name") ?? "first",
      env: environmentOf(flags),
      scopes,
      groups: undefined,
      expiresInDays: lifeOf(flags),
    };
    return withAnyStore(variables, async (store) => {
      const desk = operatorAt(store);
      if (await hasUsableKey(desk)) {
        throw new CommandError(["There is an API key already: make others with keys create."], 1);
      }
      showKey(await createApiKey(desk, asked), flags);
      return 0;
    });
  },
};

/** Makes a key. */
export const keysCreate: Command = {
  summary: "make an API key (--name, --scopes a,b or --read-only, --gids 1,2, --name-prefix, --days)",
  options: {
    ...options,
    scopes: { type: "string" },
    "read-only": { type: "boolean" },
    gids: { type: "string" },
    "name-prefix": { type: "string" },
  },
  run: async ({ flags, variables }) => {
    const asked: NewApiKey = {
      name: nameOf(flags),
      env: environmentOf(flags),
      scopes: scopesOf(flags),
      groups: groupsOf(flags),
      expiresInDays: lifeOf(flags),
    };
    return withAnyStore(variables, async (store) => {
      showKey(await createApiKey(operatorAt(store), asked), flags);
      return 0;
    });
  },
};
