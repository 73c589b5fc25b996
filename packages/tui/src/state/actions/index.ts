import type { Action } from "../../keys/keys.ts";
import { formActions } from "./form.ts";
import { groupActions } from "./groups.ts";
import type { Handler } from "./handler.ts";
import { memberActions } from "./members.ts";
import { moveActions } from "./move.ts";
import { screenActions } from "./screens.ts";

/** What each action does. The compiler wants one handler for each action of the key table. */
export const handlers: Readonly<Record<Action, Handler>> = {
  ...groupActions,
  ...formActions,
  ...memberActions,
  ...moveActions,
  ...screenActions,
};
