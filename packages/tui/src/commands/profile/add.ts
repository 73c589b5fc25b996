import { editConfig } from "../../profile/edit.ts";
import { configPath } from "../../profile/paths.ts";
import { nameSchema, profileSchema } from "../../profile/schema.ts";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { configured } from "../connect.ts";

const kinds = ["mock", "gateway", "mesibo"] as const;

/** Adds a profile to config.json. */
export const profileAdd = command({
  args: [{ name: "name", about: "the new profile's name" }],
  options: {
    kind: { type: "string", value: "kind", choices: kinds, about: "mock, gateway or mesibo" },
    url: {
      type: "string",
      value: "url",
      about: "where it is; left out, the mock inside, or mesibo's own",
    },
    dialect: { type: "string", value: "dialect", choices: ["json", "form"], about: "json (default) or form" },
    "token-file": {
      type: "string",
      value: "path",
      about: "a file that holds the token or API key, mode 0600",
    },
    "token-command": {
      type: "string",
      multiple: true,
      value: "word",
      about: "a program that prints the token or API key, and its arguments, one option for each",
    },
    "read-only": { type: "boolean", about: "nothing can be changed through it" },
    danger: { type: "boolean", about: "every change is asked about" },
  },
  run: async ({ around, given, values }) => {
    const name = nameSchema.safeParse(given.get("name"));
    if (!name.success) throw usage(`The name ${name.error.issues[0]?.message ?? "is wrong."}`);
    const entries = {
      kind: values.kind,
      url: values.url,
      dialect: values.dialect,
      token_file: values["token-file"],
      token_command: values["token-command"],
      read_only: values["read-only"],
      danger: values.danger,
    };
    const written = Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
    const profile = profileSchema.safeParse(written);
    if (!profile.success) {
      const [issue] = profile.error.issues;
      const field = issue?.path.join(".") ?? "";
      const whose = field === "" || field === "kind" ? "" : `'s ${field}`;
      throw usage(`The profile${whose} ${issue?.message ?? "is wrong."}`);
    }
    await configured(() => editConfig({ kind: "add", name: name.data, profile: profile.data }, around));
    const path = configPath(around);
    return {
      data: { added: name.data, path },
      text: [`Added ${name.data} to ${path}. mesibo-groups profile test ${name.data} asks it once.`],
    };
  },
});
