import { command } from "./command.ts";
import { readToken } from "./connect.ts";
import { table } from "./print.ts";
import packageJson from "../../package.json" with { type: "json" };

/** Tells what the commands would use, and asks the server only when told to. */
export const doctor = command({
  name: "doctor",
  about: "tell which server the commands use and whether they are set up; --call asks it once",
  options: {
    call: { type: "boolean", about: "ask the server for one group; mesibo counts the addresses that ask" },
  },
  run: async ({ connection, environment, signal, values }) => {
    const { kind, name, client } = connection();
    const token = readToken(environment);
    if (values.call === true) await client.groups.list({ count: 1 }, { signal });
    const facts = {
      version: packageJson.version,
      node: process.versions.node,
      connection: kind,
      url: kind === "http" ? name : null,
      dialect: environment["MESIBO_DIALECT"] ?? "json",
      token: token === undefined ? "not set" : `set (${token.length} characters)`,
      answered: values.call === true ? true : null,
    };
    const rows = Object.entries(facts).map(([fact, value]) => [fact, value === null ? "-" : String(value)]);
    return { data: facts, text: table(["fact", "value"], rows) };
  },
});
