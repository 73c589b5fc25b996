import { Box, useInput, usePaste } from "ink";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { collectKeys } from "../keys/collect-keys.ts";
import { readKeys } from "../keys/press.ts";
import type { Program } from "../program.ts";
import { keyHere } from "../state/key-here.ts";
import { groupOf, MIN_SIZE, type State } from "../state/model.ts";
import type { GroupScreen } from "../state/screen.ts";
import { Footer } from "./components/footer.tsx";
import { HelpView } from "./components/help.tsx";
import { Line, Rows } from "./components/line.tsx";
import { StatusLine } from "./components/status.tsx";
import { TabBar, TitleBar } from "./components/title.tsx";
import { dialogView } from "./dialogs.tsx";
import { CreateView } from "./screens/create.tsx";
import { GroupsView } from "./screens/groups.tsx";
import { FaultView } from "./screens/fault.tsx";
import { HaltedView } from "./screens/halted.tsx";
import { JobsView } from "./screens/jobs.tsx";
import { MembersView } from "./screens/members.tsx";
import { MockView } from "./screens/mock.tsx";
import { OverviewView } from "./screens/overview.tsx";
import { ProfileView } from "./screens/profile.tsx";
import { ProfilesView } from "./screens/profiles.tsx";
import { RequestsView } from "./screens/requests.tsx";
import { TooSmallView } from "./screens/too-small.tsx";
import { WhoView } from "./screens/who.tsx";
import { asciiGlyphs, GlyphProvider, ThemeProvider, unicodeGlyphs } from "./theme.ts";
import { themeStyles } from "./themes.ts";

const tabViews = { overview: OverviewView, members: MembersView, who: WhoView };

function GroupView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: GroupScreen;
  readonly height: number;
}): ReactNode {
  const group = groupOf(state, screen.gid);
  const Tab = tabViews[screen.tab];
  return (
    <>
      <TabBar state={state} tab={screen.tab} />
      {group === undefined ? (
        <Line>{`   Group ${screen.gid} is not among the listed groups. ${keyHere(state, "refresh")} asks again, esc leads back.`}</Line>
      ) : (
        <Tab state={state} screen={screen} group={group} height={height - 1} />
      )}
    </>
  );
}

function ScreenView({ state, height }: { readonly state: State; readonly height: number }): ReactNode {
  const { screen } = state;
  switch (screen.kind) {
    case "groups":
      return <GroupsView state={state} screen={screen} height={height} />;
    case "create":
      return <CreateView state={state} screen={screen} height={height} />;
    case "group":
      return <GroupView state={state} screen={screen} height={height} />;
    case "profiles":
      return <ProfilesView state={state} screen={screen} height={height} />;
    case "profile":
      return <ProfileView state={state} screen={screen} height={height} />;
    case "jobs":
      return <JobsView state={state} screen={screen} height={height} />;
    case "requests":
      return <RequestsView state={state} screen={screen} height={height} />;
    case "mock":
      return <MockView state={state} screen={screen} height={height} />;
    case "fault":
      return <FaultView state={state} screen={screen} height={height} />;
  }
}

/** Title, status line and footer. */
const FRAME = 3;

/** One picture of the application. Depends on the state alone. */
export function Frame({ state }: { readonly state: State }): ReactNode {
  const { columns, rows } = state.size;
  // One row less than the terminal has: a full screen makes terminals scroll and flicker.
  const height = Math.max(1, rows - 1);
  if (columns < MIN_SIZE.columns || rows < MIN_SIZE.rows) {
    return <TooSmallView state={state} />;
  }
  const { halted } = state;
  const dialog = halted === undefined ? dialogView(state, height - FRAME) : undefined;
  const body = height - FRAME - (dialog?.height ?? 0);
  return (
    <Box flexDirection="column" width={columns} height={height} overflow="hidden">
      <TitleBar state={state} />
      <Rows height={body}>
        {halted !== undefined ? (
          <HaltedView words={halted} columns={columns} />
        ) : state.help === undefined ? (
          <ScreenView state={state} height={body} />
        ) : (
          <HelpView state={state} height={body} />
        )}
      </Rows>
      {dialog?.node}
      <StatusLine state={state} />
      <Footer state={state} />
    </Box>
  );
}

/** The application on a terminal: keys go to the program, its state to the screen. */
export function App({ program }: { readonly program: Program }): ReactNode {
  const state = useSyncExternalStore(program.subscribe, program.state);
  const { look } = state;
  const [keys] = useState(() => collectKeys(program.dispatch));
  useInput((input, key) => keys.press(readKeys(input, key)));
  usePaste((text) => {
    keys.flush();
    program.dispatch({ kind: "pasted", text });
  });
  return (
    <GlyphProvider value={look.ascii ? asciiGlyphs : unicodeGlyphs}>
      <ThemeProvider value={themeStyles[look.theme]}>
        <Frame state={state} />
      </ThemeProvider>
    </GlyphProvider>
  );
}
