import type { OpName } from "../domain/requests.ts";
import type { Payload } from "./operation.ts";

// mesibo's v1 answers differ from v2's in shape, not in meaning. Codecs know v2's shape; these tables turn the
// one into the other, field by field. A field that no table names is the same in both.

type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const memberColumns = { send: "cansend", recv: "canrecv", pub: "canpub", sub: "cansub", list: "canlist" };

/** `"1"` and `"0"`: v1 writes its numbers as text (recorded, ND). */
const flagText = (value: unknown): unknown => (typeof value === "boolean" ? (value ? "1" : "0") : value);

const numberText = (value: unknown): unknown => (typeof value === "number" ? String(value) : flagText(value));

// mesibo: gid is a number in every generation (recorded, ND); other numbers are text in v1.
const rowText = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, key === "gid" ? value : numberText(value)]),
  );

const rowsOf = (payload: Payload, key: string): readonly Row[] => {
  const rows = payload[key];
  return Array.isArray(rows) ? rows.filter(isRow) : [];
};

// mesibo: the console reads address, cansend and canrecv and shows three more columns whose keys it hides (CON);
// canpub, cansub and canlist are INFERRED.
function memberToLegacy({ address, permissions }: Row): Row {
  const given = isRow(permissions) ? permissions : {};
  const columns = Object.entries(memberColumns).map(([from, to]) => [to, flagText(given[from] ?? false)]);
  return { address, ...Object.fromEntries(columns) };
}

function memberFromLegacy(row: Row): Row {
  if (isRow(row["permissions"])) return row;
  const permissions = Object.entries(memberColumns).map(([to, from]) => [to, row[from] ?? 0]);
  return { ...row, permissions: Object.fromEntries(permissions) };
}

// mesibo: v1 answers a user's uid and token as text and leaves the address out (D1full, fxjordan).
function userToLegacy(payload: Payload): Payload {
  const { user } = payload;
  if (!isRow(user)) return payload;
  const { address: _, ...rest } = user;
  return { ...payload, user: rowText(rest) };
}

const toTable: Partial<Record<OpName, (payload: Payload) => Payload>> = {
  useradd: userToLegacy,
  usertoken: userToLegacy,
  usersget: (payload) => ({ ...payload, users: rowsOf(payload, "users").map(rowText) }),
  groupsget: (payload) => ({
    ...payload,
    groups: rowsOf(payload, "groups").map(rowText),
  }),
  groupgetmembers: (payload) => ({ members: rowsOf(payload, "members").map(memberToLegacy) }),
};

/** v2's shape of a payload as v1 writes it. */
export function toLegacy(op: OpName, payload: Payload): Payload {
  return toTable[op]?.(payload) ?? payload;
}

/** Either shape of a payload as v2 writes it. */
export function fromLegacy(op: OpName, payload: Payload): Payload {
  if (op !== "groupgetmembers" || !Array.isArray(payload["members"])) return payload;
  return { ...payload, members: rowsOf(payload, "members").map(memberFromLegacy) };
}
