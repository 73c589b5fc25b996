import { flagPresets, nearest, withFlags, type FlagChanges, type GroupFlags } from "@mesibo-groups/core";
import { usage } from "../command-error.ts";
import type { Options, Values } from "../options.ts";
import { readFlag } from "./flag-data.ts";

const sendModes = ["members", "selected", "anyone"] as const;
const receiveModes = ["members", "selected", "in_turn"] as const;

/** Options that name a flag as a whole or field by field. */
export const flagOptions = {
  flag: { type: "string", value: "flag", about: "a number or names; replaces the whole flag" },
  preset: {
    type: "string",
    value: "kind",
    about: `the kind of group: ${Object.keys(flagPresets).join(", ")}`,
    choices: Object.keys(flagPresets),
  },
  send: { type: "string", value: "who", about: `who may send: ${sendModes.join(", ")}`, choices: sendModes },
  receive: {
    type: "string",
    value: "who",
    about: `who receives: ${receiveModes.join(", ")}`,
    choices: receiveModes,
  },
  store: { type: "boolean", negatable: true, about: "store messages for members who are offline" },
  loopback: { type: "boolean", negatable: true, about: "send the sender a copy too" },
} as const satisfies Options;

/** Options for writing a flag. */
export const writeFlagOptions = {
  "keep-conflicts": { type: "boolean", about: "write contradictory bits as they are" },
} as const satisfies Options;

function choice<T extends string>(
  option: string,
  text: string | undefined,
  known: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const plain = text.toLowerCase().replaceAll("-", "_");
  const found = known.find((name) => name === plain);
  if (found !== undefined) return found;
  const near = nearest(plain, known);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw usage(`--${option} must be one of ${known.join(", ")}, not ${JSON.stringify(text)}.${hint}`);
}

const presetNames = Object.keys(flagPresets);

/** What can be said about a flag; an option that was not given is undefined. */
type Said = {
  readonly [Name in keyof Values<typeof flagOptions>]?: Values<typeof flagOptions>[Name] | undefined;
};

function readWhole({ flag, preset }: Said): GroupFlags | undefined {
  if (flag !== undefined && preset !== undefined)
    throw usage("--flag and --preset both name a whole flag. Give one of them.");
  if (flag !== undefined) return readFlag(flag);
  const name = choice("preset", preset, presetNames);
  return name === undefined ? undefined : readFlag(name);
}

/** What the options say about a flag. */
export interface FlagWish {
  /** The whole flag, where one was named. */
  readonly whole: GroupFlags | undefined;
  /** Whether single fields were named. */
  readonly byField: boolean;
  /** The flag that is wished for, beginning at the one that is there. */
  readonly from: (present: GroupFlags) => GroupFlags;
}

/** Reads a flag from the options. Throws a `CommandError`. */
export function readFlagWish(values: Said): FlagWish {
  const whole = readWhole(values);
  const changes: FlagChanges = {
    send: choice("send", values.send, sendModes),
    receive: choice("receive", values.receive, receiveModes),
    store: values.store,
    loopback: values.loopback,
  };
  const byField = Object.values(changes).some((change) => change !== undefined);
  return {
    whole,
    byField,
    from: (present) => (byField ? withFlags(whole ?? present, changes) : (whole ?? present)),
  };
}

/** Refuses contradictory bits unless they are wanted. Throws a `CommandError`. */
export function checkConflicts(flags: GroupFlags | undefined, keep: boolean): void {
  const fields = flags?.conflicts.map(({ field }) => `--${field}`) ?? [];
  if (fields.length === 0 || keep) return;
  throw usage(
    `The flag has contradictory bits. Settle them with ${fields.join(" and ")}, or add --keep-conflicts to write them as they are. Nothing was changed.`,
  );
}
