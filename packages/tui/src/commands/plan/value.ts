import { usage } from "../command-error.ts";

/** A value of a groups file and where it stands, for messages. */
export interface Value {
  readonly at: string;
  readonly value: unknown;
}

const wrong = ({ at, value }: Value, expected: string): Error =>
  usage(`${at} must be ${expected}, not ${JSON.stringify(value) ?? "missing"}. Nothing was changed.`);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a mapping, none of them unknown. Throws a `CommandError`. */
export function fieldsOf(
  { at, value }: Value,
  known: readonly string[],
): (name: string) => Value | undefined {
  if (!isRecord(value)) throw wrong({ at, value }, `a mapping with ${known.join(", ")}`);
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw usage(`${at} has no field ${JSON.stringify(stray)}. Known are ${known.join(", ")}.`);
  return (name) => (value[name] === undefined ? undefined : { at: `${at}.${name}`, value: value[name] });
}

/** The items of a list. Throws a `CommandError`. */
export function itemsOf({ at, value }: Value): readonly Value[] {
  if (!Array.isArray(value)) throw wrong({ at, value }, "a list");
  return value.map((item: unknown, index) => ({ at: `${at}[${index}]`, value: item }));
}

/** A text. Throws a `CommandError`. */
export function textOf(value: Value): string {
  if (typeof value.value === "string" && value.value !== "") return value.value;
  throw wrong(value, "text");
}

/** A whole number. Throws a `CommandError`. */
export function wholeOf(value: Value): number {
  const text = textOf(value);
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw wrong(value, `a whole number from 0 to ${2 ** 32 - 1}`);
}

/** True or false. Throws a `CommandError`. */
export function booleanOf(value: Value): boolean {
  if (value.value === "true") return true;
  if (value.value === "false") return false;
  throw wrong(value, "true or false");
}
