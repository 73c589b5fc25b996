import { allPermissions, permissionNames, type Member } from "@mesibo-groups/core";
import { usage } from "../command-error.ts";

const off = new Set(["0", "false", "no", ""]);
const on = new Set(["1", "true", "yes", "x"]);

/** The header of a member list as CSV. */
export const listHeader = ["address", ...permissionNames].join(",");

/** Reads a member list: addresses, one a line, or CSV with a header. A stand-in until `src/bulk` is there. */
export function readMemberList(text: string): readonly (Member & { readonly line: number })[] {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)
    .map((content, index) => ({ content, line: index + 1 }));
  const [first, ...others] = lines.filter(({ content }) => content.trim() !== "");
  const columns =
    first?.content
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()) ?? [];
  const isTable = columns[0] === "address";
  const stray = columns.find((name) => isTable && !listHeader.split(",").includes(name));
  if (stray !== undefined)
    throw usage(`line 1: there is no column ${JSON.stringify(stray)}. The header is ${listHeader}.`);
  const rows = isTable || first === undefined ? others : [first, ...others];
  return rows.map(({ content, line }) => {
    const [address = "", ...cells] = content.split(",").map((cell) => cell.trim());
    if (!isTable && cells.length > 0)
      throw usage(`line ${line}: a comma needs the header ${listHeader} in line 1.`);
    const permissions = { ...allPermissions };
    for (const name of permissionNames) {
      const column = columns.indexOf(name);
      if (!isTable || column === -1) continue;
      const cell = (cells[column - 1] ?? "").toLowerCase();
      if (!on.has(cell) && !off.has(cell))
        throw usage(`line ${line}: ${name} must be 1 or 0, not ${JSON.stringify(cell)}.`);
      permissions[name] = on.has(cell);
    }
    return { line, address, permissions };
  });
}
