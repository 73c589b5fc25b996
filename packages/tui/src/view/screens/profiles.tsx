import type { ReactNode } from "react";
import type { KnownProfile } from "../../profile/known.ts";
import { firstChoices, isFirstRun } from "../../state/first-run.ts";
import { keyHere } from "../../state/key-here.ts";
import { cursorIn } from "../../state/list.ts";
import type { State } from "../../state/model.ts";
import type { ProfilesScreen } from "../../state/screen.ts";
import { wrap } from "../../text/width.ts";
import { dateTime } from "../../text/words.ts";
import { useGlyphs } from "../theme.ts";
import { Line, Span } from "../components/line.tsx";
import { Table, type Column } from "../components/table.tsx";

const NO_PROFILE =
  "A profile names a server and where its token is from. It is kept in your config.json; the token itself never is.";

/** What somebody without a profile can begin with. */
function FirstRun({ cursor, columns }: { readonly cursor: number; readonly columns: number }): ReactNode {
  const glyphs = useGlyphs();
  return (
    <>
      <Line> No profile yet. Where do you want to begin?</Line>
      <Line />
      {firstChoices.map(({ title }, index) => (
        <Line key={title}>
          <Span tone="accent">{index === cursor ? ` ${glyphs.cursor} ` : "   "}</Span>
          <Span tone={index === cursor ? "strong" : "plain"}>{title}</Span>
        </Line>
      ))}
      <Line />
      {[firstChoices[cursor]?.about ?? "", NO_PROFILE]
        .flatMap((text) => wrap(text, columns - 6))
        .map((line) => (
          <Line key={line}>{`   ${line}`}</Line>
        ))}
    </>
  );
}

const longest = (words: readonly string[], least: number): number =>
  Math.max(least, ...words.map(({ length }) => length));

/** What there is to know before one connects: where we are, and how careful one has to be there. */
function tagsOf({ name, isDefault, readOnly, danger }: KnownProfile, connected: string | undefined): string {
  const tags = [
    name === connected ? "connected" : "",
    isDefault ? "default" : "",
    readOnly ? "READ-ONLY" : "",
    danger ? "DANGER" : "",
  ];
  return tags.filter((tag) => tag !== "").join(" ");
}

function columnsOf(
  profiles: readonly KnownProfile[],
  connected: string | undefined,
): readonly Column<KnownProfile>[] {
  return [
    {
      title: "NAME",
      width: Math.min(
        20,
        longest(
          profiles.map(({ name }) => name),
          8,
        ),
      ),
      stays: true,
      cell: ({ name }) => name,
    },
    { title: "KIND", width: 7, stays: true, cell: ({ kind }) => kind },
    {
      title: "TAGS",
      width: longest(
        profiles.map((row) => tagsOf(row, connected)),
        4,
      ),
      stays: true,
      cell: (row) => tagsOf(row, connected),
      tone: ({ danger }) => (danger ? "danger" : "plain"),
    },
    { title: "URL", width: 15, grows: true, cell: ({ url }) => url ?? "inside this app" },
    {
      title: "LAST USED",
      width: 16,
      cell: ({ usedAt }) => (usedAt === undefined ? "-" : dateTime(usedAt)),
    },
  ];
}

/** The profiles of this machine, and the mock inside. */
export function ProfilesView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: ProfilesScreen;
  readonly height: number;
}): ReactNode {
  const { columns } = state.size;
  const { profiles, list } = screen;
  if (profiles === undefined) {
    return (
      <Line>
        {state.notice?.outcome === "not_sent"
          ? ` The profiles cannot be read: ${keyHere(state, "show_notice")} says why, ${keyHere(state, "refresh")} reads them again.`
          : " Reading the profiles."}
      </Line>
    );
  }
  if (isFirstRun(screen)) return <FirstRun cursor={cursorIn(list, firstChoices.length)} columns={columns} />;
  return (
    <>
      <Line>{` Profiles ${profiles.length}`}</Line>
      <Table
        columns={columnsOf(profiles, state.connection.profile)}
        rows={profiles}
        cursor={cursorIn(list, profiles.length)}
        width={columns}
        height={height - 1}
        keyOf={({ name }) => name}
        empty=""
      />
    </>
  );
}
