import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The built program. */
export const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Whether the program is built; the tests of the built program say so first. */
export const isBuilt = (): boolean => existsSync(bin);
