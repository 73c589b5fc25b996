import { join } from "node:path";
import { requestBytes } from "./load.ts";
import { path } from "./server.ts";

/** The requests of a piece of work; `index` counts up. */
export interface Work {
  readonly GET?: (index: number) => Buffer;
  readonly POST?: (index: number) => Buffer;
}

/** A server that is compared with bare node:http. */
export interface Contender {
  readonly name: string;
  /** The command that serves on a port of 127.0.0.1 and writes into an empty folder, if anywhere. */
  readonly command: (port: number, folder: string) => readonly string[];
  /** What it is asked, where that is not the common work. */
  readonly work?: Work;
  /** What the bare server is asked meanwhile, where that is not the common work. */
  readonly bareWork?: Work;
  /** What stands in a right answer, where that is not `added`. */
  readonly right?: RegExp;
  /** What is aimed at, by column. */
  readonly targets?: Readonly<Record<string, string>>;
}

const get = requestBytes({ method: "GET", target: "/backend/?op=groupadd&token=t&name=x&flag=0" });
const post = requestBytes({
  method: "POST",
  target: "/backend/",
  body: '{"op":"groupadd","token":"t","group":{"name":"x","flags":0}}',
});

/** The common work: a group is added, by query and by JSON, and the answer names its gid. */
export const groupadd = { GET: () => get, POST: () => post } satisfies Work;

/** What stands in the answer to a groupadd that was done. */
export const added = /"result": ?true/;

const getV1 = requestBytes({ method: "GET", target: "/api.php?op=groupadd&token=t&name=x&flag=0" });
const groupaddV1: Work = { GET: () => getV1 };

/** The ceiling in Node: it checks the token and counts. */
export const bare: Contender = {
  name: "bare node:http",
  command: (port) => [process.execPath, path("bench/servers/bare.mjs"), String(port)],
};

const mock = (port: number, ...flags: readonly string[]): readonly string[] => [
  process.execPath,
  path("packages/mock-server/dist/cli.js"),
  "--port",
  String(port),
  ...flags,
];

/** The built mock in the ways in which it is run; its journal and control API are on, as by default. */
export const ours: readonly Contender[] = [
  {
    name: "mesibo-mock",
    command: (port) => mock(port),
    targets: { GET: "at least 0.75", POST: "at least 0.65", start: "at most 3" },
  },
  {
    name: "mesibo-mock, /api.php",
    command: (port) => mock(port),
    work: groupaddV1,
    bareWork: groupaddV1,
    targets: { GET: "at least 0.75" },
  },
  {
    name: "mesibo-mock --data",
    command: (port, folder) => mock(port, "--data", join(folder, "worlds.db")),
    targets: { POST: "at least 0.55" },
  },
  {
    name: "mesibo-mock --data --fsync",
    command: (port, folder) => mock(port, "--data", join(folder, "worlds.db"), "--fsync"),
    targets: { POST: "at least 0.45" },
  },
];
