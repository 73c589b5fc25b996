import { gidOf } from "./actions/groups.ts";
import { addressOf } from "./actions/members.ts";
import { marksThere } from "./marks.ts";
import type { Data, State } from "./model.ts";
import type { Screen } from "./screen.ts";

function withMarksThere(screen: Screen, { groups, rosters }: Data): Screen {
  if (screen.kind === "groups" && groups !== undefined)
    return { ...screen, marks: marksThere({ rows: groups.groups, keyOf: gidOf, marks: screen.marks }) };
  const roster = screen.kind === "group" ? rosters.get(screen.gid) : undefined;
  if (screen.kind !== "group" || roster === undefined) return screen;
  return { ...screen, marks: marksThere({ rows: roster.members, keyOf: addressOf, marks: screen.marks }) };
}

/** The state without marks of what is listed no more: nothing is done with a row that nobody sees. */
export const withListedMarks = (state: State): State => ({
  ...state,
  screen: withMarksThere(state.screen, state.data),
  below: state.below.map((screen) => withMarksThere(screen, state.data)),
});
