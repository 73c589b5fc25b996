import type { Plugin } from "rolldown";

/**
 * Takes a built-in through `process.getBuiltinModule` when the program starts.
 *
 * `import "node:http"` builds a module facade that touches every lazy export (about 28 ms);
 * `process.getBuiltinModule` does not (about 2 ms).
 */
export function lazyBuiltins(names: readonly string[]): Plugin {
  const prefix = "\0builtin:";
  const wanted = new Set(names.flatMap((name) => [name, `node:${name}`]));

  return {
    name: "lazy-builtins",
    resolveId: (id) => (wanted.has(id) ? `${prefix}${id.replace(/^node:/, "")}.cjs` : null),
    load: (id) =>
      id.startsWith(prefix)
        ? `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${id.slice(prefix.length, -4)}`)});`
        : null,
  };
}
