import { editConfig } from "../../profile/edit.ts";
import { configPath } from "../../profile/paths.ts";
import { command } from "../command.ts";
import { configured } from "../connect.ts";

/** Makes a profile the one that is used where nothing else is said. */
export const profileUse = command({
  args: [{ name: "name", about: "a profile of config.json, or embedded" }],
  options: {},
  run: async ({ around, given }) => {
    const name = given.get("name") ?? "";
    await configured(() => editConfig({ kind: "use", name }, around));
    return { data: { default: name, path: configPath(around) }, text: [`${name} is used from now on.`] };
  },
});

/** Takes a profile out of config.json. */
export const profileRemove = command({
  args: [{ name: "name", about: "a profile of config.json" }],
  options: {},
  run: async ({ around, given }) => {
    const name = given.get("name") ?? "";
    await configured(() => editConfig({ kind: "remove", name }, around));
    return { data: { removed: name, path: configPath(around) }, text: [`Removed ${name}.`] };
  },
});
