import { readFileSync } from "node:fs";
import { codeOf } from "./code-of.ts";
import type { VariableName } from "./config-table.ts";

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads variables and collects what is wrong with them, so that all of it can be said at once. */
export interface Settings {
  /**
   * A variable's value, from the variable itself or from the file that `<name>_FILE` names; undefined where
   * neither is set. One that is set but empty is a fault.
   */
  readonly text: (name: VariableName) => string | undefined;
  readonly fault: (sentence: string) => void;
  readonly faults: readonly string[];
}

/** Reads from these variables. */
export function createSettings(variables: Variables): Settings {
  const faults: string[] = [];

  function given(name: string): string | undefined {
    const value = variables[name];
    if (value !== "") return value;
    // Most often a variable that another one was to be filled from: to go on would mean something else.
    faults.push(`${name} is set but empty: give it a value, or unset it.`);
    return undefined;
  }

  function fromFile(name: string, path: string): string | undefined {
    try {
      const value = readFileSync(path, "utf8").replace(/\r?\n$/, "");
      if (value !== "") return value;
      faults.push(`${name} names an empty file, ${path}.`);
    } catch (error) {
      faults.push(`${name} names a file that cannot be read (${codeOf(error) ?? "unreadable"}): ${path}.`);
    }
    return undefined;
  }

  function text(name: VariableName): string | undefined {
    const twin = `${name}_FILE`;
    const value = given(name);
    const path = given(twin);
    if (value !== undefined && path !== undefined) {
      faults.push(`${name} and ${twin} are both set: keep one of them.`);
    }
    return path === undefined ? value : fromFile(twin, path);
  }

  return { text, fault: (sentence) => faults.push(sentence), faults };
}
