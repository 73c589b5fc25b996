import type { ArchiveKind } from "../../call/archive.ts";
import { asCode } from "../../call/code.ts";
import { formatAfter, formatNames } from "../../call/format.ts";
import { plural } from "../../text/words.ts";
import { cursorIn } from "../list.ts";
import { marksInFront } from "../marks.ts";
import { requestInFocus } from "../mock.ts";
import type { State } from "../model.ts";
import { callInFocus, shownCalls } from "../rows.ts";
import { noticed, step, withScreen } from "../step.ts";
import { senderOf, whoRow } from "../who.ts";
import { gidOf, groupInFocus, markedGroups } from "./groups.ts";
import type { Handler } from "./handler.ts";
import { addressOf, markedMembers, shownMembers } from "./members.ts";
import { turnRequestFormat } from "./mock.ts";

interface Copyable {
  readonly what: string;
  readonly text: string;
}

/** The gids or the addresses of the marked rows, one to a line. */
function markedKeys(state: State): Copyable | undefined {
  const { screen } = state;
  if (screen.kind === "groups") {
    const gids = markedGroups(state, screen).map(gidOf);
    return { what: plural(gids.length, "gid"), text: gids.join("\n") };
  }
  if (screen.kind !== "group") return undefined;
  const addresses = markedMembers(state, screen).map(addressOf);
  return { what: plural(addresses.length, "address", "addresses"), text: addresses.join("\n") };
}

/** What `y` copies: the call, or the addresses or gids of the marked rows, else of the one under the cursor. */
function copyable(state: State): Copyable | undefined {
  const { screen } = state;
  if (screen.kind === "requests") {
    const call = callInFocus(state);
    const format = screen.format ?? "curl";
    return call && { what: `the call as ${formatNames[format]}`, text: asCode(call, format) };
  }
  if (screen.kind === "mock") {
    const { written } = screen;
    return written?.n === requestInFocus(state)?.n && written !== undefined
      ? { what: `the request as ${written.as}`, text: written.text }
      : undefined;
  }
  const { marked } = marksInFront(screen);
  if (marked.size > 0) return markedKeys(state);
  if (screen.kind === "group" && screen.tab !== "overview") {
    const members = shownMembers(state, screen);
    const address =
      screen.tab === "members"
        ? members[cursorIn(screen.members, members.length)]?.address
        : senderOf(whoRow(state, screen));
    return address === undefined ? undefined : { what: "the address", text: address };
  }
  const gid = groupInFocus(state)?.gid;
  return gid === undefined ? undefined : { what: "the gid", text: String(gid) };
}

const turnFormat =
  (by: 1 | -1): Handler =>
  (state) => {
    const { screen } = state;
    if (screen.kind !== "requests") return turnRequestFormat(state) ?? step(state);
    return step(withScreen(state, { ...screen, open: 0, format: formatAfter(screen.format ?? "curl", by) }));
  };

const exportAs =
  (as: ArchiveKind): Handler =>
  (state) => {
    const { screen } = state;
    if (screen.kind !== "requests") return step(state);
    return step(state, { kind: "export_calls", as, calls: shownCalls(state, screen) });
  };

/** Calls as code, and what can be taken elsewhere. */
export const callActions = {
  next_format: turnFormat(1),
  previous_format: turnFormat(-1),
  copy: (state) => {
    const found = copyable(state);
    return found === undefined
      ? step(noticed(state, "info", "There is nothing to copy here."))
      : step(state, { kind: "copy", ...found });
  },
  copy_last_call: (state) => {
    const [last] = state.calls;
    return last === undefined
      ? step(noticed(state, "info", "No call has been made yet."))
      : step(state, { kind: "copy", what: "the last call as curl", text: asCode(last, "curl") });
  },
  export_har: exportAs("har"),
  export_script: exportAs("sh"),
} as const satisfies Record<string, Handler>;
