import { MASK } from "../../mask.ts";

// Times and what is left of a lifetime are others in every run.
const times = new Set(["ts", "uts", "expiry", "expinsec"]);

function anyOf(value: unknown): string {
  return typeof value === "number" ? "expect.any(Number)" : "expect.any(String)";
}

/** A JSON value as an expectation of vitest's: what differs from run to run, or is masked, may be anything. */
export function expectation(value: unknown, key = ""): string {
  if (times.has(key) || (typeof value === "string" && value.includes(MASK))) return anyOf(value);
  if (Array.isArray(value)) return `[${value.map((item) => expectation(item)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${expectation(item, name)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
