import type { ReactNode } from "react";
import { openRows } from "../../state/job-rows.ts";
import { keyHere } from "../../state/key-here.ts";
import { groupOf, type Connection, type State } from "../../state/model.ts";
import { tabs, type Tab } from "../../state/screen.ts";
import { shorten } from "../../text/width.ts";
import { clockTime } from "../../text/words.ts";
import { useGlyphs } from "../theme.ts";
import { Line, Span, SplitLine } from "./line.tsx";

function pathOf(state: State): readonly string[] {
  const { screen } = state;
  switch (screen.kind) {
    case "groups":
      return [];
    case "create":
      return ["new group"];
    case "group":
      return [`${screen.gid} ${groupOf(state, screen.gid)?.name ?? ""}`];
    case "profiles":
      return ["profiles"];
    case "profile":
      return ["profiles", screen.form.before?.name ?? "new"];
    case "jobs":
      return ["jobs"];
    case "mock":
      return ["mock"];
    case "fault":
      return ["mock", "new fault"];
    case "requests":
      return screen.gid === undefined ? ["calls"] : [String(screen.gid), "calls"];
  }
}

function connectionWords({ name, kind, readOnly, danger }: Connection): string {
  const tags = [readOnly === undefined ? "" : "READ-ONLY", danger === true ? "DANGER" : ""];
  return [kind === undefined ? name : `${name} (${kind})`, ...tags].filter((word) => word !== "").join(" ");
}

/** The first line: where we are, what we talk to, and how old the picture is. */
export function TitleBar({ state }: { readonly state: State }): ReactNode {
  const { path, ellipsis, unknown } = useGlyphs();
  const { groups } = state.data;
  const word = groups?.stale === true ? "STALE, as of " : state.size.columns < 80 ? "" : "as of ";
  const age = groups === undefined ? "" : `  ${word}${clockTime(groups.asOf)}`;
  const open = openRows(state);
  const doubts = open === 0 ? "" : `${unknown} ${open} unknown  `;
  const right = `${doubts}${connectionWords(state.connection)}${age} `;
  const where = ["", ...pathOf(state)].join(` ${path} `);
  const width = Math.max(10, state.size.columns - right.length - 17);
  return (
    <SplitLine
      left={
        <>
          <Span tone="strong"> mesibo-groups</Span>
          {shorten(where, { width, ellipsis }).text}
        </>
      }
      right={<Span tone="muted">{right}</Span>}
    />
  );
}

const titles = { overview: "Overview", members: "Members", who: "Who" } satisfies Record<Tab, string>;

/** Tabs with the keys that open them; the open one stands in brackets. */
export function Tabs<Name extends string>({
  all,
  open,
  titles: words,
  keyOf,
  more = "",
}: {
  readonly all: readonly Name[];
  readonly open: Name;
  readonly titles: Readonly<Record<Name, string>>;
  readonly keyOf: (name: Name) => string;
  /** What another key opens besides. */
  readonly more?: string | undefined;
}): ReactNode {
  return (
    <Line>
      {" "}
      {all.map((name) => {
        const title = `${keyOf(name)} ${words[name]}`;
        return (
          <Span key={name} tone={name === open ? "accent" : "muted"}>
            {name === open ? `[${title}] ` : ` ${title}  `}
          </Span>
        );
      })}
      {more !== "" && <Span tone="muted">{` ${more}`}</Span>}
    </Line>
  );
}

/** The tabs of a group. */
export const TabBar = ({ state, tab }: { readonly state: State; readonly tab: Tab }): ReactNode => (
  <Tabs
    all={tabs}
    open={tab}
    titles={titles}
    keyOf={(name) => keyHere(state, `tab_${name}`)}
    more={`${keyHere(state, "group_calls")} Calls`}
  />
);
