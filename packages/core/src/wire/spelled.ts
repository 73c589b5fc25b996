import { byFlatName, byJsonPath, jsonObjects } from "./parameters.ts";

/** A member of a JSON body. */
export interface SpelledMember {
  /** Its keys from the top. */
  readonly path: readonly string[];
  /** The flat name of the parameter that it spells; undefined where it spells none. */
  readonly parameter: string | undefined;
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The members of a JSON body that spell parameters or nothing, as `collect` reads them; not op, token and id. */
export function spelledMembers(
  object: Readonly<Record<string, unknown>>,
  above: readonly string[] = [],
): readonly SpelledMember[] {
  const names = above.length === 0 ? byFlatName : byJsonPath;
  return Object.entries(object).flatMap(([key, value]) => {
    const path = [...above, key];
    const spelling = path.join(".");
    if (["op", "token", "id"].includes(spelling)) return [];
    if (isPlainObject(value) && jsonObjects.has(spelling)) return spelledMembers(value, path);
    return [{ path, parameter: names.get(spelling)?.name }];
  });
}

/** Every key that a member of a JSON body may have below others. */
export const keysBelow = (above: readonly string[]): readonly string[] => {
  const prefix = above.map((key) => `${key}.`).join("");
  if (prefix === "") return [...byFlatName.keys(), ...[...jsonObjects].filter((path) => !path.includes("."))];
  return [...byJsonPath.keys(), ...jsonObjects]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .filter((rest) => !rest.includes("."));
};
