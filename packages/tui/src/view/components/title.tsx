import type { ReactNode } from "react";
import { isOpen } from "../../state/jobs.ts";
import { groupOf, tabs, type Connection, type State, type Tab } from "../../state/model.ts";
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
  const open = state.jobs.filter(isOpen).length;
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

const titles = { overview: "1 Overview", members: "2 Members", who: "3 Who" } satisfies Record<Tab, string>;

/** The tabs of a group; the open one stands in brackets. */
export function TabBar({ tab }: { readonly tab: Tab }): ReactNode {
  return (
    <Line>
      {" "}
      {tabs.map((name) => (
        <Span key={name} tone={name === tab ? "accent" : "muted"}>
          {name === tab ? `[${titles[name]}] ` : ` ${titles[name]}  `}
        </Span>
      ))}
      <Span tone="muted"> 4 Calls</Span>
    </Line>
  );
}
