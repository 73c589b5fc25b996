import { readFileSync } from "node:fs";
import { createClient, MESIBO_URL, type CallRecord, type Client, type Dialect } from "@mesibo-groups/core";
import { demoClient } from "../demo.ts";
import { MAX_MEMBERS } from "../limits.ts";
import { usage } from "./command-error.ts";

/** A server to ask, and what to call it. */
export interface Connection {
  /** `embedded` is a mock inside this process: what is written there is gone when the command ends. */
  readonly kind: "embedded" | "http";
  readonly name: string;
  readonly client: Client;
  /** Members that the server lists at most: a list of so many may not be the whole. */
  readonly maxMembers: number;
}

// mesibo: the v1 API lists 20 members at most, whatever the count that is asked for, and does not tell how many there are.
const maxMembersOf = (dialect: Dialect | undefined): number => (dialect === "form" ? 20 : MAX_MEMBERS);

/** What the command line says about the connection. */
export interface ConnectionFlags {
  readonly timeoutMs?: number | undefined;
  readonly onCall?: ((record: CallRecord) => void) | undefined;
}

const isDialect = (text: string): text is Dialect => text === "json" || text === "form";

function readDialect(text: string | undefined): Dialect | undefined {
  if (text === undefined || text === "") return undefined;
  // Profiles may name the generation too.
  const name = text.replace(/^(?:v2-(?=json$)|v1-(?=form$))/, "");
  if (isDialect(name)) return name;
  throw usage(`MESIBO_DIALECT must be json or form, not ${JSON.stringify(text)}.`);
}

function readTokenFile(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    throw usage(
      `MESIBO_APP_TOKEN_FILE ${path} cannot be read (${code}). Give the path of a file that holds the app token.`,
    );
  }
}

/** The app token that the environment gives, or undefined. */
export function readToken(environment: NodeJS.ProcessEnv): string | undefined {
  const { MESIBO_APP_TOKEN: token = "", MESIBO_APP_TOKEN_FILE: path = "" } = environment;
  if (token !== "" && path !== "") {
    throw usage("MESIBO_APP_TOKEN and MESIBO_APP_TOKEN_FILE are both set. Unset one of them.");
  }
  if (token !== "") return token;
  return path === "" ? undefined : readTokenFile(path);
}

/** Chooses the server by the environment: mesibo, a mock over HTTP, or the mock inside this process. */
export function connect(
  environment: NodeJS.ProcessEnv,
  { timeoutMs, onCall }: ConnectionFlags = {},
): Connection {
  if ((environment["GATEWAY_URL"] ?? "") !== "") {
    throw usage(
      "GATEWAY_URL is set, and commands cannot use a gateway yet. Unset it and set MESIBO_APP_TOKEN instead.",
    );
  }
  const token = readToken(environment);
  const { MESIBO_URL: url = "", MESIBO_DIALECT } = environment;
  const dialect = readDialect(MESIBO_DIALECT);
  if (token === undefined) {
    if (url !== "")
      throw usage("MESIBO_URL is set without an app token. Set MESIBO_APP_TOKEN or MESIBO_APP_TOKEN_FILE.");
    return {
      kind: "embedded",
      name: "embedded mock",
      client: demoClient(onCall ?? (() => undefined)),
      maxMembers: MAX_MEMBERS,
    };
  }
  try {
    const at = url === "" ? MESIBO_URL : url;
    const client = createClient({ token, url: at, dialect, timeoutMs, deadlineMs: timeoutMs, onCall });
    return { kind: "http", name: at, client, maxMembers: maxMembersOf(dialect) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // createClient's words name the option and never the token.
    throw usage(`${error.message.replace("createClient: ", "")} Check MESIBO_APP_TOKEN and MESIBO_URL.`);
  }
}
