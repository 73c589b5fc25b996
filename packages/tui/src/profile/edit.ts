import { applyEdits, modify, type JSONPath } from "jsonc-parser";
import { EMBEDDED } from "./choose.ts";
import { ProfileError } from "./errors.ts";
import { readOptional, writePrivate } from "./files.ts";
import { removal } from "./remove-property.ts";
import { parseConfig } from "./parse.ts";
import { configPath } from "./paths.ts";
import type { Config, Profile } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";

/** The fields of a profile to set; `undefined` takes one out. */
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A change of the user's file. */
export type ConfigChange =
  | { readonly kind: "add"; readonly name: string; readonly profile: Profile }
  | { readonly kind: "edit"; readonly name: string; readonly fields: Fields }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "use"; readonly name: string };

const empty = '{\n  "version": 1,\n  "profiles": {}\n}\n';

interface Assignment {
  readonly path: JSONPath;
  readonly value: unknown;
}

function assignments(change: ConfigChange, config: Config): readonly Assignment[] {
  const at = ["profiles", change.name];
  switch (change.kind) {
    case "add":
      return [{ path: at, value: change.profile }];
    case "edit":
      return Object.entries(change.fields).map(([field, value]) => ({ path: [...at, field], value }));
    case "remove": {
      const removed = { path: at, value: undefined };
      return config.default === change.name ? [removed, { path: ["default"], value: undefined }] : [removed];
    }
    case "use":
      return [{ path: ["default"], value: change.name }];
  }
}

function checkName(
  { kind, name }: ConfigChange,
  { path, config }: { readonly path: string; readonly config: Config },
): void {
  const names = Object.keys(config.profiles ?? {});
  const isKnown = names.includes(name);
  const quoted = JSON.stringify(name);
  if (kind === "add" && (isKnown || name === EMBEDDED)) {
    throw new ProfileError({
      source: path,
      fault: `there is a profile ${quoted} already.`,
      next: "Edit it, or take another name.",
    });
  }
  if (kind === "add" || isKnown || (kind === "use" && name === EMBEDDED)) return;
  throw new ProfileError({
    source: path,
    fault: `there is no profile ${quoted}.`,
    next: `Known: ${[...names, EMBEDDED].join(", ")}.`,
  });
}

/** The text of a file after a change; comments and layout stay. Throws `ProfileError` where it would be wrong. */
function changedText(
  change: ConfigChange,
  { path, text }: { readonly path: string; readonly text: string },
): string {
  const config = parseConfig({ path, text }).content;
  checkName(change, { path, config });
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes("\r\n") ? "\r\n" : "\n" };
  let changed = text;
  for (const assignment of assignments(change, config)) {
    const { path, value } = assignment;
    const edits =
      value === undefined ? removal(changed, path) : modify(changed, path, value, { formattingOptions });
    changed = applyEdits(changed, edits);
  }
  parseConfig({ path, text: changed });
  return changed;
}

/** Changes the user's file, making it where there is none. Nothing is written where the result would be wrong. */
export async function editConfig(change: ConfigChange, around: Surroundings): Promise<void> {
  const path = configPath(around);
  const text = (await readOptional(path)) ?? empty;
  await writePrivate(path, changedText(change, { path, text }));
}
