import { nearest, permissionNames, type PermissionName } from "@mesibo-groups/core";
import { listed } from "../text/words.ts";
import { BulkReadError } from "./limits.ts";

/** Columns that our own files have for people to read. */
export const reportColumns = ["line", "outcome", "reason"] as const;

/** The column that tells additions from removals in our own files. */
export const CHANGE_COLUMN = "change";

/** Where a CSV's columns are. */
export interface Columns {
  readonly address: number;
  readonly change: number | undefined;
  readonly permissions: readonly { readonly name: PermissionName; readonly index: number }[];
  /** Cells that a row must have. */
  readonly width: number;
  readonly ignored: readonly IgnoredColumn[];
}

/** A column that means nothing here. */
export interface IgnoredColumn {
  readonly name: string;
  /** The permission that may be meant, where a misspelt one is near. */
  readonly nearest: PermissionName | undefined;
}

// Ours first, then the words of people's own lists.
const addressNames = new Set(["address", "addr", "user", "email", "mail", "phone", "member"]);

const aliases = {
  send: ["send", "cs", "cansend"],
  receive: ["receive", "recv", "cr", "canreceive", "canrecv"],
  publish: ["publish", "pub", "canpub", "canpublish"],
  subscribe: ["subscribe", "sub", "cansub", "cansubscribe"],
  list: ["list", "canlist"],
} as const satisfies Record<PermissionName, readonly string[]>;

const permissionOf = new Map<string, PermissionName>(
  permissionNames.flatMap((name) => aliases[name].map((alias) => [alias, name] as const)),
);

const plain = (cell: string): string => cell.toLowerCase().replaceAll(/[\s_-]/g, "");

function addressColumn(names: readonly string[], cells: readonly string[]): number | undefined {
  const found = names.flatMap((name, index) => (addressNames.has(name) ? [index] : []));
  const exact = found.filter((index) => names[index] === "address");
  const chosen = exact.length > 0 ? exact : found;
  if (chosen.length > 1) {
    const which = listed(chosen.map((index) => `"${cells[index]?.trim() ?? ""}"`));
    throw new BulkReadError(`${which} could each be the addresses. Name one of these columns address.`);
  }
  return chosen[0];
}

/** How many of a line's cells are names of columns that mean something here. */
export const knownColumns = (cells: readonly string[]): number =>
  cells.filter((cell) => addressNames.has(plain(cell)) || permissionOf.has(plain(cell))).length;

/**
 * Where the columns are, or undefined where the cells are no header.
 *
 * Throws {@link BulkReadError} for a header that names no address, two of them, or a permission twice.
 */
export function readColumns(cells: readonly string[]): Columns | undefined {
  const names = cells.map(plain);
  const address = addressColumn(names, cells);
  const permissions = names.flatMap((word, index) => {
    const name = permissionOf.get(word);
    return name === undefined ? [] : [{ name, index }];
  });
  const twice = permissions.find(({ name }, index) => permissions.findIndex((p) => p.name === name) < index);
  if (address === undefined && permissions.length < 2) return undefined;
  if (address === undefined)
    throw new BulkReadError("The header names permissions and no address. Add a column address.");
  if (twice !== undefined)
    throw new BulkReadError(`The header names ${twice.name} twice. Leave one of these columns out.`);
  const changeAt = names.indexOf(CHANGE_COLUMN);
  const missing = permissionNames.filter((name) => permissions.every((given) => given.name !== name));
  const known = new Set<string>([...reportColumns, CHANGE_COLUMN]);
  return {
    address,
    change: changeAt === -1 ? undefined : changeAt,
    permissions,
    width: Math.max(address, changeAt, ...permissions.map(({ index }) => index)) + 1,
    ignored: cells.flatMap((cell, index) => {
      const name = names[index] ?? "";
      if (index === address || name === "" || known.has(name) || permissionOf.has(name)) return [];
      const meant = permissionOf.get(nearest(name, missing) ?? "");
      return [{ name: cell.trim(), nearest: meant }];
    }),
  };
}
