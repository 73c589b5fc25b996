import { readConfig, type Config } from "../config.ts";
import type { Variables } from "../settings.ts";
import { CommandError } from "./say.ts";

/** The configuration of a command. Throws `CommandError` with everything that is wrong with it. */
export function configured(variables: Variables): Config {
  const read = readConfig(variables);
  if (!read.ok) throw new CommandError(read.faults, 1);
  return read.config;
}
