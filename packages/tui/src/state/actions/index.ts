import type { Action } from "../../keys/keys.ts";
import { addActions } from "./add-members.ts";
import { bulkActions } from "./bulk.ts";
import { callActions } from "./calls.ts";
import { formActions } from "./form.ts";
import { groupActions } from "./groups.ts";
import type { Handler } from "./handler.ts";
import { inspectActions } from "./inspect.ts";
import { interruptActions } from "./interrupt.ts";
import { jobActions } from "./jobs.ts";
import { lookActions } from "./look.ts";
import { markActions } from "./marks.ts";
import { memberActions } from "./members.ts";
import { mockActions } from "./mock.ts";
import { moveActions } from "./move.ts";
import { paletteActions } from "./palette.ts";
import { profileActions } from "./profiles.ts";
import { promptActions } from "./prompt.ts";
import { screenActions } from "./screens.ts";
import { undoActions } from "./undo.ts";

/** What each action does but the palette's own, which does another. The compiler wants a handler for each. */
export const handlers: Readonly<Record<Exclude<Action, "run_command">, Handler>> = {
  ...groupActions,
  ...formActions,
  ...memberActions,
  ...markActions,
  ...addActions,
  ...bulkActions,
  ...moveActions,
  ...screenActions,
  ...paletteActions,
  ...jobActions,
  ...undoActions,
  ...callActions,
  ...inspectActions,
  ...profileActions,
  ...mockActions,
  ...lookActions,
  ...promptActions,
  ...interruptActions,
};
