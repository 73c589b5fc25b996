import type { ReactNode } from "react";
import type { Entry, Faults, World } from "../../control/schemas.ts";
import { clearKey, keyHere } from "../../state/key-here.ts";
import { cursorIn } from "../../state/list.ts";
import { mockTabs, shownRequests, type MockScreen, type Saved } from "../../state/mock.ts";
import {
  clockSentences,
  endingGroups,
  identitySentences,
  mockTitles,
  requestText,
} from "../../state/mock-words.ts";
import type { State } from "../../state/model.ts";
import { ruleChance, ruleOps, ruleWords } from "../../state/fault-words.ts";
import { sanitize } from "../../text/sanitize.ts";
import { shorten, wrap } from "../../text/width.ts";
import { noMatch } from "../../text/no-match.ts";
import { clockTime, dateTime, plural } from "../../text/words.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Line } from "../components/line.tsx";
import { Scroll } from "../components/scroll.tsx";
import { Table, type Column } from "../components/table.tsx";
import { Tabs } from "../components/title.tsx";
import { useGlyphs, type Tone } from "../theme.ts";

interface TabProps {
  readonly state: State;
  readonly screen: MockScreen;
  readonly height: number;
}

const resultTone = (result: string): Tone =>
  result === "done" ? "ok" : result === "refused" ? "danger" : "warn";

const requestColumns: readonly Column<Entry>[] = [
  { title: "N", width: 5, align: "end", stays: true, cell: ({ n }) => String(n) },
  { title: "TIME", width: 8, cell: ({ at }) => clockTime(Date.parse(at)) },
  { title: "OP", width: 16, stays: true, cell: ({ op }) => op },
  {
    title: "RESULT",
    width: 8,
    stays: true,
    cell: ({ result }) => result,
    tone: ({ result }) => resultTone(result),
  },
  { title: "WHY", width: 16, stays: true, grows: true, cell: ({ explanation }) => explanation.summary },
];

function JournalTab({ state, screen, height }: TabProps): ReactNode {
  const { columns: width } = state.size;
  const { filter } = screen.lists.journal;
  const rows = shownRequests(state, screen);
  const cursor = cursorIn(screen.lists.journal, rows.length);
  const open = rows[cursor];
  if (screen.open !== undefined && open !== undefined)
    return <Scroll text={requestText(open, screen)} top={screen.open} width={width} height={height} />;
  return (
    <>
      <FilterLine what={plural(rows.length, "request")} list={screen.lists.journal} width={width} />
      <Table
        columns={requestColumns}
        rows={rows}
        cursor={cursor}
        width={width}
        height={height - 1}
        keyOf={({ n }) => n}
        empty={
          filter.text === ""
            ? "No requests yet."
            : noMatch({
                filter: filter.text,
                of: plural(state.mock.requests.length, "request"),
                words: [],
                clear: clearKey(state),
              })
        }
      />
    </>
  );
}

function ClockTab({ state, height }: TabProps): ReactNode {
  const { ellipsis } = useGlyphs();
  const width = state.size.columns - 6;
  const lines = clockSentences(state.mock).flatMap((text) => wrap(text, width));
  return (
    <>
      {lines.map((text) => (
        <Line key={text}>{`   ${text}`}</Line>
      ))}
      {endingGroups(state.mock)
        .slice(0, Math.max(0, height - lines.length))
        .map((text) => (
          <Line key={text}>{`     ${shorten(text, { width: width - 2, ellipsis }).text}`}</Line>
        ))}
    </>
  );
}

type RuleRow = Faults["rules"][number];

const ruleColumns: readonly Column<RuleRow>[] = [
  { title: "OP", width: 16, stays: true, cell: ({ rule }) => ruleOps(rule) },
  { title: "EFFECT", width: 18, stays: true, grows: true, cell: ({ rule }) => ruleWords(rule) },
  { title: "FIRES", width: 18, cell: ({ rule }) => ruleChance(rule) },
  { title: "MET", width: 5, align: "end", cell: ({ matched }) => String(matched) },
  { title: "FIRED", width: 5, align: "end", stays: true, cell: ({ fired }) => String(fired) },
];

function FaultsTab({ state, screen, height }: TabProps): ReactNode {
  const { seed = 0, rules = [] } = state.mock.reading?.faults ?? {};
  return (
    <>
      <Line>{rules.length === 0 ? " Faults" : ` ${plural(rules.length, "fault")}, seed ${seed}`}</Line>
      <Table
        columns={ruleColumns}
        rows={rules}
        cursor={cursorIn(screen.lists.faults, rules.length)}
        width={state.size.columns}
        height={height - 1}
        keyOf={(row) => rules.indexOf(row)}
        empty={`Nothing is injected. ${keyHere(state, "new_fault")} makes a fault: a delay, a status, a lost answer.`}
      />
    </>
  );
}

const savedColumns: readonly Column<Saved>[] = [
  { title: "SNAPSHOT", width: 18, stays: true, grows: true, cell: ({ name }) => name },
  { title: "TAKEN", width: 8, stays: true, cell: ({ at }) => clockTime(at) },
  { title: "USERS", width: 8, align: "end", stays: true, cell: ({ users }) => String(users) },
  { title: "GROUPS", width: 8, align: "end", stays: true, cell: ({ groups }) => String(groups) },
];

function SavedTab({ state, screen, height }: TabProps): ReactNode {
  const { saved } = state.mock;
  return (
    <>
      <Line>{` ${plural(saved.length, "snapshot")}, kept while this app runs; ${keyHere(state, "write_world")} writes one into a file`}</Line>
      <Table
        columns={savedColumns}
        rows={saved}
        cursor={cursorIn(screen.lists.saved, saved.length)}
        width={state.size.columns}
        height={height - 1}
        keyOf={({ id }) => id}
        empty={`No snapshot yet. ${keyHere(state, "save_world")} takes one of the world as it is.`}
      />
    </>
  );
}

const worldColumns = (own: number | undefined): readonly Column<World>[] => [
  { title: "WORLD", width: 6, align: "end", stays: true, cell: ({ id }) => String(id) },
  {
    title: "APP TOKEN",
    width: 14,
    stays: true,
    grows: true,
    cell: ({ id, token }) => `${token}${id === own ? "  this one" : ""}`,
  },
  { title: "USERS", width: 8, align: "end", cell: ({ users }) => String(users) },
  { title: "GROUPS", width: 8, align: "end", stays: true, cell: ({ groups }) => String(groups) },
  { title: "REQUESTS", width: 8, align: "end", cell: ({ requests }) => String(requests) },
  { title: "ITS TIME", width: 16, cell: ({ now }) => dateTime(now * 1000) },
];

function WorldsTab({ state, screen, height }: TabProps): ReactNode {
  const { reading } = state.mock;
  const worlds = reading?.worlds ?? [];
  const sentences = wrap(sanitize(identitySentences(state.mock).join(" ")), state.size.columns - 2);
  return (
    <>
      {sentences.map((text) => (
        <Line key={text}>{` ${text}`}</Line>
      ))}
      <Table
        columns={worldColumns(reading?.world.id)}
        rows={worlds}
        cursor={cursorIn(screen.lists.worlds, worlds.length)}
        width={state.size.columns}
        height={height - sentences.length}
        keyOf={({ id }) => id}
        empty="No world yet."
      />
    </>
  );
}

const views = {
  journal: JournalTab,
  clock: ClockTab,
  faults: FaultsTab,
  saved: SavedTab,
  worlds: WorldsTab,
};

/** The mock: its journal, clock, faults, snapshots and worlds. */
export function MockView(props: TabProps): ReactNode {
  const { state, screen, height } = props;
  const { reading, fault } = state.mock;
  const Tab = views[screen.tab];
  const waiting = fault ?? "Asking the mock.";
  return (
    <>
      <Tabs
        all={mockTabs}
        open={screen.tab}
        titles={mockTitles}
        keyOf={(name) => keyHere(state, `mock_${name}`)}
      />
      {reading === undefined || fault !== undefined ? (
        wrap(sanitize(waiting), state.size.columns - 6).map((text) => <Line key={text}>{`   ${text}`}</Line>)
      ) : (
        <Tab {...props} height={height - 1} />
      )}
    </>
  );
}
