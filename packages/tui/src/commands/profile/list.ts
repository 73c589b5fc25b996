import { listProfiles } from "../../profile/list.ts";
import { loadFiles } from "../../profile/load.ts";
import { command } from "../command.ts";
import { configured } from "../connect.ts";
import { table } from "../print.ts";

/** Lists the profiles of config.json. */
export const profileList = command({
  options: {},
  run: async ({ around }) => {
    const rows = listProfiles(await configured(() => loadFiles(around))).map(
      ({ name, kind, url, readOnly, danger, isDefault }) => ({
        name,
        kind,
        url: url ?? null,
        read_only: readOnly,
        danger,
        default: isDefault,
      }),
    );
    const tags = (row: (typeof rows)[number]): string =>
      [row.default ? "default" : "", row.read_only ? "read-only" : "", row.danger ? "danger" : ""]
        .filter(Boolean)
        .join(" ");
    return {
      data: { profiles: rows },
      rows,
      text: await table(
        ["name", "kind", "tags", "url"],
        rows.map((row) => [row.name, row.kind, tags(row), row.url ?? "inside this program"]),
      ),
    };
  },
});
