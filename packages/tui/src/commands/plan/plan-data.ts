import { encodeFlags, formatFlags, type GroupSettings } from "@mesibo-groups/core";
import { differenceLines } from "../members/difference.ts";
import { plural } from "../../text/words.ts";
import { isChange, type Step } from "./plan.ts";

/** Settings as data: the flag as a number, and only what is written. */
function settingsData({ flags, ...others }: GroupSettings): Readonly<Record<string, unknown>> {
  const written = { ...others, flag: flags === undefined ? undefined : encodeFlags(flags) };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

/** A step as data. */
export const stepData = ({ kind, gid, name, settings, members }: Step) => ({
  action: kind,
  gid: gid ?? null,
  name,
  settings: settingsData(settings),
  ...(members === undefined
    ? {}
    : {
        members: {
          add: members.add,
          change: members.change,
          remove: members.remove.map(({ address }) => address),
        },
      }),
});

const signs = { create: "+", edit: "~", same: " " } satisfies Record<Step["kind"], string>;

function settingWords({ flags, name, ...others }: GroupSettings, kind: Step["kind"]): string {
  const words = Object.entries(others).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field} ${value}`],
  );
  if (flags !== undefined)
    words.unshift(`flag ${formatFlags(flags, "decimal")} ${formatFlags(flags, "names")}`);
  if (kind === "edit" && name !== undefined) words.unshift("renamed");
  return words.length === 0 ? "" : `: ${words.join(", ")}`;
}

function stepLines(step: Step): readonly string[] {
  const { kind, gid, name, settings, members } = step;
  const head = `${signs[kind]} ${gid === undefined ? "" : `${gid} `}${name}${settingWords(settings, kind)}`;
  return [head, ...(members === undefined ? [] : differenceLines(members, "    "))];
}

/** A plan as lines, and how many groups it changes. */
export function planLines(steps: readonly Step[]): readonly string[] {
  const changed = steps.filter(isChange);
  return [
    ...changed.flatMap(stepLines),
    `${plural(changed.length, "group")} to change, ${steps.length - changed.length} as wanted`,
  ];
}
