import type { Argument } from "../reading.ts";

/** The argument that names a groups file. */
export const groupsFileArgument = {
  name: "file",
  short: "f",
  about: "groups as YAML or JSON; - is stdin",
} as const satisfies Argument;
