import { ProfileError } from "./errors.ts";
import { readSecretFile } from "./files.ts";
import { pathFrom } from "./paths.ts";
import type { Resolved } from "./resolve.ts";
import { secretFrom, type Secret } from "./secret.ts";
import { variable, type Surroundings } from "./surroundings.ts";
import { runTokenCommand } from "./token-command.ts";

/** The token of a mock that nobody gave one: each token is a world of its own there, and none is secret. */
export const MOCK_TOKEN = "mock-app-token";

/** What a credential is looked for with. */
export interface Sought {
  readonly around: Surroundings;
  readonly resolved: Resolved;
}

async function fromEnvironment(name: string, around: Surroundings): Promise<Secret | undefined> {
  const fileVariable = `${name}_FILE`;
  const path = variable(around, fileVariable);
  if (path !== undefined) {
    const text = await readSecretFile(pathFrom(around, { path, folder: around.cwd }), fileVariable);
    return secretFrom(fileVariable, text);
  }
  const value = variable(around, name);
  return value === undefined ? undefined : secretFrom(name, value);
}

// A mock takes any token, so a real one is not handed to a mock that only a file names.
const readsEnvironment = ({ kind, url }: Resolved): boolean =>
  kind.value !== "mock" || ["flag", "environment"].includes(url.origin.layer);

/** The first credential there is, in the order of the documentation; undefined where none is set. */
export async function findCredential({ around, resolved }: Sought): Promise<Secret | undefined> {
  const { tokenStdin, tokenCommand, tokenFile, kind } = resolved;
  if (tokenStdin) return secretFrom("--token-stdin", await around.readStdin());
  if (tokenCommand.value !== undefined) {
    return secretFrom("token_command", await runTokenCommand(tokenCommand.value, around));
  }
  if (tokenFile.value !== undefined) {
    return secretFrom("token_file", await readSecretFile(tokenFile.value, "token_file"));
  }
  if (!readsEnvironment(resolved)) return undefined;
  return fromEnvironment(kind.value === "gateway" ? "GATEWAY_API_KEY" : "MESIBO_APP_TOKEN", around);
}

/** What is said where a credential is needed and none is set. */
export function noCredential({ profile, kind }: Resolved): ProfileError {
  const [what, name] =
    kind.value === "gateway" ? ["an API key", "GATEWAY_API_KEY"] : ["an app token", "MESIBO_APP_TOKEN"];
  return new ProfileError({
    source: `profile ${profile.value}`,
    fault: `needs ${what}, and none is set.`,
    next: `Give the profile a token_command or token_file, set ${name}_FILE or ${name}, or use --token-stdin.`,
  });
}
