import { inspect } from "node:util";
import { expect, test } from "vitest";
import { findCredential } from "../../src/profile/credential.ts";
import type { Secret } from "../../src/profile/secret.ts";
import { secretFrom } from "../../src/profile/secret.ts";
import { runTokenCommand } from "../../src/profile/token-command.ts";
import type { Flags } from "../../src/profile/resolve.ts";
import type { Surroundings } from "../../src/profile/surroundings.ts";
import { home, resolved } from "./support.ts";

async function find(around: Surroundings, flags: Flags = {}): Promise<Secret | undefined> {
  return findCredential({ around, resolved: await resolved(around, flags) });
}

const found = async (around: Surroundings, flags?: Flags): Promise<readonly unknown[]> => {
  const secret = await find(around, flags);
  return [secret?.source, secret?.reveal()];
};

const print = (text: string): string[] => [
  process.execPath,
  "-e",
  `process.stdout.write(${JSON.stringify(text)})`,
];

test("the order is standard input, token_command, token_file, the file variable, the variable", async () => {
  const at = async (profile: object) => {
    const made = await home({
      version: 1,
      default: "work",
      profiles: { work: { kind: "mesibo", ...profile } },
    });
    await made.write("token", "from-token-file\n");
    const variableFile = await made.write("variable", "from-file-variable\r\n");
    return { ...made, both: { MESIBO_APP_TOKEN_FILE: variableFile, MESIBO_APP_TOKEN: "from-variable" } };
  };
  const all = await at({ token_command: print("from-command\n"), token_file: "~/token" });
  const stdin = all.with(all.both, "from-stdin\n");
  expect(await found(stdin, { tokenStdin: true })).toEqual(["--token-stdin", "from-stdin"]);
  expect(await found(stdin)).toEqual(["token_command", "from-command"]);
  const file = await at({ token_file: "~/token" });
  expect(await found(file.with(file.both))).toEqual(["token_file", "from-token-file"]);
  const none = await at({});
  expect(await found(none.with(none.both))).toEqual(["MESIBO_APP_TOKEN_FILE", "from-file-variable"]);
  expect(await found(none.with({ MESIBO_APP_TOKEN: "from-variable" }))).toEqual([
    "MESIBO_APP_TOKEN",
    "from-variable",
  ]);
  expect(await find(none.around)).toBeUndefined();
});

test("a gateway's API key has variables of its own", async () => {
  const { with: env } = await home();
  const around = env({
    GATEWAY_URL: "https://gateway.example",
    GATEWAY_API_KEY: "key",
    MESIBO_APP_TOKEN: "token",
  });
  expect(await found(around)).toEqual(["GATEWAY_API_KEY", "key"]);
});

test.each([0o644, 0o640, 0o604, 0o660])(
  "a token file of mode %o is refused with the command that helps",
  async (mode) => {
    const { around, write } = await home({
      version: 1,
      default: "work",
      profiles: { work: { kind: "mesibo", token_file: "~/token" } },
    });
    const path = await write("token", "canary-token", mode);
    await expect(find(around)).rejects.toThrow(
      `token_file: ${path} has mode 0${mode.toString(8)}, so others may read it; it must be 0600. Run: chmod 600 ${path}`,
    );
  },
);

test("a token command runs without a shell and says what went wrong, never what it printed", async () => {
  const { around } = await home();
  const run = (...argv: string[]) => runTokenCommand(argv, around);
  expect(await run(process.execPath, "-p", "process.argv[1]", "$HOME; `id`")).toBe("$HOME; `id`\n");
  await expect(run("no-such-program-here", "canary")).rejects.toThrow(
    "token_command: no-such-program-here was not found. Run the command yourself to see why.",
  );
  await expect(run(process.execPath, "-e", "console.log('canary'); process.exit(3)")).rejects.toThrow(
    `token_command: ${process.execPath} failed (exit code 3). Run the command yourself to see why.`,
  );
});

test("a token command that does not end is stopped", async () => {
  const { around } = await home();
  await expect(
    runTokenCommand([process.execPath, "-e", "setInterval(() => {}, 1e6)"], around, 50),
  ).rejects.toThrow(`token_command: ${process.execPath} did not end within 0.05 s.`);
});

test("a secret is described by its length and four digits of its digest, and prints as nothing more", () => {
  const secret = secretFrom("MESIBO_APP_TOKEN", "hunter2\n");
  expect(secret.description).toBe("set (7 chars, sha256:f52f…)");
  expect(inspect(secret, { depth: 9, showHidden: true }) + JSON.stringify(secret)).not.toContain("hunter2");
});

test.each(["", "\n", "two words", "two\nlines", "x".repeat(257)])("%j is no token", (text) => {
  expect(() => secretFrom("token_file", text)).toThrow(/^token_file: (holds no|does not hold one) token/);
});
