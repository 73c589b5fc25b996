import { fileChecks } from "./doctor-files.ts";
import { machineChecks, type Terminal } from "./doctor-machine.ts";
import type { Check } from "./check.ts";
import { findCredential, noCredential } from "./credential.ts";
import { ProfileError } from "./errors.ts";
import { loadFiles } from "./load.ts";
import { resolve, type Flags, type Resolved } from "./resolve.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Valued } from "./valued.ts";

/** What is examined. */
export interface Examined {
  readonly around: Surroundings;
  readonly flags: Flags;
  readonly terminal: Terminal;
}

// An argument can be a secret, so a command is shown by its program.
const commandWords = ([program = "", ...args]: readonly string[]): string =>
  args.length === 0 ? program : `${program} (and ${args.length} more)`;

type Shown = string | number | boolean | undefined;

function valueCheck([name, { value, origin }]: readonly [string, Valued<Shown>]): Check {
  return { name, value: value === undefined ? "not set" : String(value), origin: origin.from, state: "ok" };
}

function resolvedChecks(resolved: Resolved): readonly Check[] {
  const { tokenCommand } = resolved;
  const command = tokenCommand.value === undefined ? undefined : commandWords(tokenCommand.value);
  const rows: readonly (readonly [string, Valued<Shown>])[] = [
    ["profile", resolved.profile],
    ["kind", resolved.kind],
    [
      "url",
      resolved.kind.value === "mock" && resolved.url.value === undefined
        ? { ...resolved.url, value: "in this process" }
        : resolved.url,
    ],
    ["dialect", resolved.dialect],
    ["read_only", resolved.readOnly],
    ["danger", resolved.danger],
    ["label", resolved.label],
    ["color", resolved.color],
    ["default_expiry", resolved.defaultExpiry],
    ["batch_size", resolved.batchSize],
    ["token_command", { value: command, origin: tokenCommand.origin }],
    ["token_file", resolved.tokenFile],
  ];
  const warnings = resolved.warnings.map((warning): Check => ({
    name: "configuration",
    value: "odd",
    origin: "file",
    state: "warning",
    advice: warning,
  }));
  return [...rows.map(valueCheck), ...warnings];
}

function faultCheck(name: string, error: unknown): Check {
  if (!(error instanceof ProfileError)) throw error;
  return { name, value: "not usable", origin: error.source, state: "wrong", advice: error.message };
}

async function credentialCheck({
  around,
  resolved,
}: {
  readonly around: Surroundings;
  readonly resolved: Resolved;
}): Promise<Check> {
  const name = "credential";
  if (resolved.url.value === undefined) return { name, value: "not needed", origin: "default", state: "ok" };
  try {
    const secret = await findCredential({ around, resolved });
    if (secret !== undefined) return { name, value: secret.description, origin: secret.source, state: "ok" };
    if (resolved.kind.value === "mock")
      return { name, value: "not set; a mock takes any", origin: "default", state: "ok" };
    return { ...faultCheck(name, noCredential(resolved)), value: "not set" };
  } catch (error) {
    return faultCheck(name, error);
  }
}

async function profileChecks({ around, flags }: Examined): Promise<readonly Check[]> {
  try {
    const resolved = resolve({ around, flags, files: await loadFiles(around) });
    return [...resolvedChecks(resolved), await credentialCheck({ around, resolved })];
  } catch (error) {
    return [faultCheck("configuration", error)];
  }
}

/** Every value with its origin, and what to do where something is wrong. Sends nothing to a server. */
export async function doctor(examined: Examined): Promise<readonly Check[]> {
  const files = await fileChecks(examined.around);
  return [...(await profileChecks(examined)), ...files, ...machineChecks(examined)];
}
