import type { State } from "./model.ts";

/** The command line that shows what the screen in front shows. */
export function cliTwin({ screen }: State): string {
  switch (screen.kind) {
    case "groups":
    case "jobs":
      return "mesibo-groups groups list";
    case "create":
      return "mesibo-groups groups create <name>";
    case "group":
      if (screen.tab === "members") return `mesibo-groups members list ${screen.gid}`;
      return screen.tab === "who"
        ? `mesibo-groups simulate ${screen.gid} <address>`
        : `mesibo-groups groups show ${screen.gid}`;
    case "requests":
    case "mock":
    case "fault":
      return "mesibo-groups requests tail";
    case "profiles":
    case "profile":
      return "mesibo-groups doctor";
  }
}
