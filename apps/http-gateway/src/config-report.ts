import type { Config } from "./config.ts";
import { configTable, variableNames, type VariableName } from "./config-table.ts";
import { createSettings, type Variables } from "./settings.ts";

/** One variable as it takes effect. */
interface Line {
  readonly name: VariableName;
  readonly value: string;
  readonly origin: string;
}

/** Where a database is, without user, password and parameters. */
function placeOf(url: string): string {
  if (!/^postgres(?:ql)?:/.test(url)) return url;
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

const HIDDEN = "(hidden)";

/** What has an effect, as text fit to be shown. Numbers that follow from others are worked out. */
function valueOf(
  name: VariableName,
  { config, given }: { config: Config; given: string | undefined },
): string {
  if (name === "DATABASE_URL") return placeOf(config.database);
  if (name === "RATE_BURST") return config.rateLimit === undefined ? "off" : `${config.rateLimit.burst}`;
  if (name === "QUIET_MS") return `${config.policy.quietMs}`;
  if (name === "CONNECT_TIMEOUT_MS") return `${config.policy.connectMs}`;
  if (name === "ALLOWED_HOSTS") return config.allowedHosts?.join(",") ?? "*";
  const { secret, fallback } = configTable[name];
  if (given === undefined) return fallback;
  return secret ? HIDDEN : given;
}

function originOf(name: VariableName, variables: Variables): string {
  const path = variables[`${name}_FILE`];
  if (path !== undefined) return `file ${path}`;
  return variables[name] === undefined ? "default" : "environment";
}

/** A configuration as a table: each variable, what takes effect, and where it comes from. Secrets are hidden. */
export function reportConfig(variables: Variables, config: Config): string {
  const { text } = createSettings(variables);
  const lines: readonly Line[] = variableNames.map((name) => ({
    name,
    value: valueOf(name, { config, given: text(name) }),
    origin: originOf(name, variables),
  }));
  const width = (key: "name" | "value") => Math.max(...lines.map((line) => line[key].length));
  const [names, values] = [width("name"), width("value")];
  return lines
    .map(({ name, value, origin }) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${origin}\n`)
    .join("");
}
