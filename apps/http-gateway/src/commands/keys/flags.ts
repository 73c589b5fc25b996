import { MAX_GID } from "@mesibo-groups/core";
import type { GroupRule } from "../../access/group-rule.ts";
import { isScope, readingScopes, scopes, type Scope } from "../../keys/scopes.ts";
import { isEnvironmentName } from "../../keys/token.ts";
import type { Flags } from "../command.ts";
import { CommandError } from "../say.ts";

function wrong(sentence: string): never {
  throw new CommandError([sentence], 2);
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

/** A flag's text, or undefined. */
export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  if (value === "") wrong(`--${name} must not be empty.`);
  return typeof value === "string" ? value : undefined;
}

/** A whole number of a flag. */
export function numberOf(
  flags: Flags,
  {
    name,
    from,
    to,
    otherwise,
  }: { readonly name: string; readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  const text = textOf(flags, name);
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < from || value > to)
    wrong(`--${name} must be a whole number from ${from} to ${to}, not ${shown(text)}.`);
  return value;
}

/** The name of a key. */
export function nameOf(flags: Flags): string {
  const name = textOf(flags, "name");
  if (name === undefined || name.length > 100)
    wrong("--name must be given: 1 to 100 characters that say whose key it is.");
  return name;
}

/** What the deployment is called in its keys. */
export function environmentOf(flags: Flags): string {
  const env = textOf(flags, "env") ?? "live";
  if (!isEnvironmentName(env))
    wrong(`--env must be 1 to 12 lower case letters and digits, not ${shown(env)}.`);
  return env;
}

/** The scopes that the flags name; with `--read-only` those of them that change nothing. */
export function scopesOf(flags: Flags): readonly Scope[] {
  const readOnly = flags["read-only"] === true;
  const named = textOf(flags, "scopes")
    ?.split(",")
    .map((text) => text.trim());
  if (named === undefined && !readOnly) {
    wrong(
      `--scopes must be given, with commas between: ${scopes.join(", ")}; or --read-only for all that read.`,
    );
  }
  const chosen = (named ?? readingScopes).map((text) =>
    isScope(text) ? text : wrong(`--scopes holds ${shown(text)}; there are ${scopes.join(", ")}.`),
  );
  const kept = readOnly ? chosen.filter((scope) => readingScopes.includes(scope)) : chosen;
  if (kept.length === 0)
    wrong("--read-only leaves none of the scopes in --scopes: name one that ends in :read.");
  return [...new Set(kept)];
}

/** The groups that the flags name, or undefined for every group. */
export function groupsOf(flags: Flags): GroupRule | undefined {
  const gids = textOf(flags, "gids")
    ?.split(",")
    .map((text) => {
      const gid = /^[1-9]\d{0,9}$/.test(text.trim()) ? Number(text) : 0;
      return gid >= 1 && gid <= MAX_GID
        ? gid
        : wrong(`--gids must be gids with commas between, and holds ${shown(text)}.`);
    });
  const prefix = textOf(flags, "name-prefix");
  if (gids === undefined && prefix === undefined) return undefined;
  return {
    ...(gids === undefined ? {} : { gids }),
    ...(prefix === undefined ? {} : { name_prefix: prefix }),
  };
}
