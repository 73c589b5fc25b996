import { reportConfig } from "../config-report.ts";
import type { Command } from "./command.ts";
import { configured } from "./configured.ts";
import { say } from "./say.ts";

/** Prints what is configured, and where it comes from. */
export const configCheck: Command = {
  summary: "print what is configured and where it comes from, secrets hidden",
  options: {},
  run: async ({ variables }) => {
    const config = configured(variables);
    for (const warning of config.warnings) say(warning);
    process.stdout.write(reportConfig(variables, config));
    return 0;
  },
};
