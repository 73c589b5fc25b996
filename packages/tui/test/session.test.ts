import { createClient } from "@mesibo-groups/core";
import { createMock, demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { readArguments } from "../src/args.ts";
import { createProgram, type Program } from "../src/program.ts";
import { openSession, profilesOf } from "../src/session.ts";
import { CANARY, openApp } from "./support/app.ts";
import { home } from "./profile/support.ts";

const size = { columns: 80, rows: 24 };

test("with nothing set it is the embedded mock", async () => {
  const { around } = await home();
  const { connection } = await openSession({ around, flags: {} });
  expect(connection).toEqual({
    name: "embedded mock",
    profile: "embedded",
    kind: undefined,
    url: undefined,
    canCreateUsers: true,
    readOnly: undefined,
    danger: false,
    notice: undefined,
  });
});

test("a profile of the file is opened by name, with its safeguards", async () => {
  const server = await startMock({ seed: demoSeed, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const { around, config, write } = await home({
    version: 1,
    profiles: {
      staging: { kind: "mock", url: server.url, token_file: "token", read_only: true, danger: true },
    },
  });
  await write(".config/mesibo-groups/token", CANARY);
  const session = await openSession({ around, flags: { profile: "staging" } });
  expect(session.connection).toEqual({
    name: "staging",
    profile: "staging",
    kind: "mock",
    url: server.url,
    canCreateUsers: true,
    readOnly: config,
    danger: true,
    notice: undefined,
  });
  expect((await session.client.groups.list({ count: 10 })).groups).toHaveLength(4);
});

test("a profile that no file knows is an error that names those there are", async () => {
  const { around } = await home();
  await expect(openSession({ around, flags: { profile: "stagin" } })).rejects.toThrow(
    '--profile: there is no profile "stagin". Known: embedded.',
  );
});

test("--profile takes a name, and the name is no command", () => {
  expect(readArguments(["--profile", "staging"])).toEqual({
    kind: "open",
    color: "auto",
    ascii: false,
    profile: "staging",
    screenReader: false,
  });
  expect(readArguments(["tui", "--profile=staging", "--ascii"])).toEqual({
    kind: "open",
    color: "auto",
    ascii: true,
    profile: "staging",
    screenReader: false,
  });
  const args = ["--profile", "staging", "groups", "list"];
  expect(readArguments(args)).toEqual({ kind: "commands", args });
});

test("tui opens the app, is asked for help as the app is, and takes no command behind it", () => {
  expect(readArguments(["tui"])).toEqual(readArguments([]));
  expect(readArguments(["tui", "--help"])).toEqual({ kind: "commands", args: ["--help"] });
  expect(readArguments(["tui", "groups", "list"])).toEqual({
    kind: "wrong",
    message: "Unexpected argument 'groups'. See --help.",
  });
});

test("a value that begins with a dash is told how it is written", () => {
  expect(readArguments(["--profile", "-x"])).toEqual({
    kind: "wrong",
    message: "--profile needs a value. One that begins with a dash is written --profile=-…. See --help.",
  });
});

test("mesibo itself is asked nothing before its notice is answered, once per profile and machine", async () => {
  const { with: set } = await home();
  const around = set({ MESIBO_APP_TOKEN: CANARY });
  const session = await openSession({ around, flags: {} });
  const mock = createMock({ seed: demoSeed, tokens: [CANARY] });
  const calls: string[] = [];
  const program: Program = createProgram({
    ...session,
    client: createClient({
      token: CANARY,
      url: mock.url,
      fetch: mock.fetch,
      onCall: ({ op }) => calls.push(op),
    }),
    size,
    onDefect: (error) => {
      throw error;
    },
  });
  await program.idle();
  expect(program.state().dialog?.kind).toBe("notice");
  program.dispatch({ kind: "key", key: { name: "enter" } });
  await program.idle();
  expect(calls).toEqual([]);

  program.dispatch({ kind: "key", key: { name: "y", text: "y" } });
  await program.idle();
  expect(program.state().dialog).toBeUndefined();
  expect(program.state().data.groups?.groups).toHaveLength(4);
  expect((await openSession({ around, flags: {} })).connection.notice).toBeUndefined();
});

test.for(["esc", "q"])("%s on the notice leaves without a call", async (name) => {
  let asked = 0;
  const { screen, press, exited } = await openApp({
    connection: { notice: "One of five." },
    client: {
      onCall: () => {
        asked += 1;
      },
    },
  });
  expect(screen.text()).toContain("One of five.");
  await press(name);
  await exited;
  expect(asked).toBe(0);
  expect(screen.raw()).not.toContain(CANARY);
});

test("on a read-only profile every change says why it is not there", async () => {
  const { screen, press, close } = await openApp({
    connection: { name: "staging", readOnly: "config.json" },
  });
  for (const keys of [["n"], ["d"], ["enter", "2", "s"], ["a"], ["d"]]) {
    await press(...keys);
    expect(screen.text()).toContain("staging is read-only (config.json says so), so nothing can be changed.");
  }
  await close();
});

test("on a danger profile a toggle asks, and a removal wants the gid", async () => {
  const { screen, press, close, program } = await openApp({
    connection: { name: "live", kind: "mesibo", danger: true },
  });
  expect(screen.text()).toContain("live (mesibo) DANGER");
  await press("enter", "2", "s");
  expect(screen.text()).toContain("Change live?");
  await press("enter");
  expect(program.state().jobs).toEqual([]);
  await press("s", "y");
  expect(program.state().jobs.map(({ outcome }) => outcome)).toEqual(["done"]);
  await press("d", "y");
  expect(program.state().jobs).toHaveLength(1);
  await press(...Array.from("102529"), "y");
  expect(program.state().jobs.map(({ effect }) => effect.kind)).toEqual([
    "remove_members",
    "set_permissions",
  ]);
  await close();
});

test("a new group on a danger profile is asked about and sent once", async () => {
  const { press, close, program } = await openApp({ connection: { name: "live", danger: true } });
  await press("n", "N", "ctrl+s");
  expect(program.state().dialog?.kind).toBe("confirm");
  await press("y");
  expect(program.state().jobs.map(({ outcome }) => outcome)).toEqual(["done"]);
  expect(program.state().screen.kind).toBe("group");
  await close();
});

const refusing =
  (error: string, code: number): typeof fetch =>
  async () =>
    Response.json({ result: false, error, code });

test("after TOKENBREACH everything stops, and only leaving is left", async () => {
  let asked = 0;
  const answer = refusing("TOKENBREACH", 403);
  const { screen, press, exited } = await openApp({
    client: {
      fetch: (...args) => {
        asked += 1;
        return answer(...args);
      },
    },
  });
  expect(screen.text()).toContain("STOP: mesibo has disabled this app (TOKENBREACH)");
  await press("R", "n", "d", ":", "enter");
  expect(asked).toBe(1);
  expect(screen.text()).toContain("All calls are halted");
  await press("q");
  await exited;
  expect(screen.raw()).not.toContain(CANARY);
});

test("a refused token says so once, and that nothing else was tried", async () => {
  const { screen, press, close } = await openApp({
    client: { fetch: refusing("AUTHFAIL", 401) },
    columns: 200,
  });
  expect(screen.text()).toContain("Token refused (AUTHFAIL 401). Nothing else was tried.");
  await press("R");
  expect(screen.text()).toContain("Not sent: the token was refused before.");
  await close();
});

test("0 lists the profiles, and enter connects with nothing left of the other server", async () => {
  const { around } = await home({
    version: 1,
    profiles: { second: { kind: "mock", danger: true } },
  });
  const { screen, press, close, program } = await openApp({ profiles: profilesOf(around) });
  await press("enter", "2", "s", "esc", "esc", "0");
  expect(screen.text()).toContain("second");
  expect(screen.text()).toContain("DANGER");
  await press("enter");
  const { connection, jobs, undo, screen: front, data } = program.state();
  expect([connection.name, jobs, undo, front.kind]).toEqual(["second", [], [], "groups"]);
  expect(data.groups?.groups).toHaveLength(4);
  expect(screen.raw()).not.toContain(CANARY);
  await close();
});

test("a notice that cannot be remembered is told, and the groups are listed all the same", async () => {
  const { token, url, fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  const { dispatch, idle, state } = createProgram({
    client: createClient({ token, url, fetch }),
    connection: { name: "live", kind: "mesibo", canCreateUsers: true, notice: "One of five." },
    size,
    acknowledge: async () => "The notice cannot be written. It comes each time.",
    onDefect: (error) => {
      throw error;
    },
  });
  expect(state().data.groups).toBeUndefined();
  dispatch({ kind: "key", key: { name: "y", text: "y" } });
  await idle();
  expect(state().notice?.text).toBe("The notice cannot be written. It comes each time.");
  expect(state().data.groups?.groups).toHaveLength(4);
});
