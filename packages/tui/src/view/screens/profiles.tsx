import type { ReactNode } from "react";
import { cursorIn } from "../../state/list.ts";
import type { ProfilesScreen, State } from "../../state/model.ts";
import { sanitize } from "../../text/sanitize.ts";
import { useGlyphs } from "../theme.ts";
import { Line } from "../components/line.tsx";

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
  const glyphs = useGlyphs();
  const { profiles, list } = screen;
  const cursor = cursorIn(list, profiles.length);
  const top = Math.max(0, cursor - height + 2);
  return (
    <>
      <Line>{` Profiles ${profiles.length}`}</Line>
      {profiles.slice(top, top + height - 1).map((row, index) => {
        const { name, kind, url = "inside this app", readOnly, danger } = row;
        const tags = [
          name === state.connection.profile ? "connected" : "",
          readOnly ? "READ-ONLY" : "",
          danger ? "DANGER" : "",
        ];
        const mark = top + index === cursor ? glyphs.cursor : " ";
        const words = [name.padEnd(20), kind.padEnd(8), url, ...tags].filter((word) => word !== "");
        return <Line key={name}>{` ${mark} ${sanitize(words.join("  "))}`}</Line>;
      })}
    </>
  );
}
