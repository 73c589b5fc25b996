import { nearest } from "@mesibo-groups/core";
import { variableNames } from "./config-table.ts";
import type { Variables } from "./settings.ts";

// Read by the terminal program, which often shares its environment with the gateway.
const others = new Set(["GATEWAY_URL"]);

const known = [...variableNames, ...variableNames.map((name) => `${name}_FILE`)];

/** A warning for each variable that looks like one of the gateway's and is none. */
export function unknownVariables(variables: Variables): readonly string[] {
  return Object.keys(variables)
    .filter((name) => /^(?:GATEWAY|MESIBO)_/.test(name) && !known.includes(name) && !others.has(name))
    .map((name) => {
      const bare = name.replace(/^[A-Z]+_/, "");
      const meant = known.find((other) => other === bare) ?? nearest(name, known);
      const hint = meant === undefined ? "it has no effect" : `did you mean ${meant}?`;
      return `${name.slice(0, 60)} is no variable of the gateway: ${hint}${meant === undefined ? "." : ""}`;
    });
}
