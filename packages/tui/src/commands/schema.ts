import { configJsonSchema } from "../profile/schema.ts";
import { command } from "./command.ts";

/** Prints the JSON Schema of config.json. */
export const schema = command({
  options: {},
  run: () => {
    const document = configJsonSchema();
    return { data: { schema: document }, text: JSON.stringify(document, undefined, 2).split("\n") };
  },
});
