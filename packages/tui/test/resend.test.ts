import { createMock, demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { noDesk, type Desk } from "../src/desk/desk.ts";
import { CANARY, openApp, type OpenOptions, type TestApp } from "./support/app.ts";
import { editing } from "./support/editing.ts";

async function open(options: OpenOptions): Promise<TestApp> {
  const app = await openApp(options);
  onTestFinished(() => app.close());
  return app;
}

/** The application with a call in front, and an editor that leaves this. */
async function edited(body: unknown, options: OpenOptions = {}): Promise<TestApp> {
  const app = await open({ desk: editing(() => JSON.stringify(body)), ...options });
  await app.press("2", "end", "enter", "e");
  return app;
}

const opsOf = ({ program }: TestApp): readonly string[] =>
  program
    .state()
    .calls.map(({ op }) => op)
    .toReversed();

const names = ({ mock }: TestApp): readonly string[] =>
  mock
    .world()
    .groups()
    .map(({ name }) => name);

test("an edited call shows what would be sent, is sent with y, and its answer is in front", async () => {
  const app = await edited({ op: "groupset", gid: 102529, name: "Ops" });
  const { screen, press, program } = app;
  const before = opsOf(app);
  expect(screen.text()).toContain("Send groupset as it is now?");
  expect(screen.text()).toContain('group.name = "Ops"');
  await press("enter");
  expect(screen.text()).toContain("Nothing was sent");
  await press("esc");
  expect(opsOf(app)).toEqual(before);

  await press("e", "y");
  expect(names(app)[0]).toBe("Ops");
  expect(program.state().notice).toEqual({ outcome: "done", text: "groupset was sent; this is its answer." });
  expect(screen.rows()[1]).toMatch(/^ groupset: done/);
  expect(program.state().jobs).toMatchObject([{ outcome: "done", effect: { kind: "send_edited" } }]);
  // What it has changed is listed anew behind it.
  expect(program.state().data.groups?.groups[0]?.name).toBe("Ops");
  expect(screen.raw()).not.toContain(CANARY);
});

test("a call that only asks is shown too, and is no job", async () => {
  const { screen, press, program } = await edited({ op: "usersget", count: 3 });
  expect(screen.text()).toContain("It changes nothing.");
  await press("y");
  expect(screen.rows()[1]).toMatch(/^ usersget: done/);
  expect(program.state().jobs).toEqual([]);
});

for (const [body, phrase] of [
  [{ op: "groupdel", gid: 102529 }, "102529"],
  [{ op: "userdel", user: { address: "alice@example.com" } }, "alice@example.com"],
  [{ op: "groupset", gid: 102529, m: "bob@example.com" }, "102529"],
  [
    {
      op: "groupeditmembers",
      gid: 102529,
      delete: 1,
      m: Array.from({ length: 26 }, (_, n) => `u${n}`).join(","),
    },
    "102529",
  ],
] as const) {
  test(`${body.op} that takes much away wants ${phrase} typed`, async () => {
    const app = await edited(body);
    const before = opsOf(app);
    await app.press("y");
    expect(opsOf(app)).toEqual(before);
    expect(app.program.state().notice?.text).toBe(`Type ${phrase} first, then y.`);
    await app.type(phrase);
    await app.press("y");
    expect(opsOf(app)).toContain(body.op);
  });
}

test("on a danger profile every edited change wants what it is about typed", async () => {
  const app = await edited({ op: "groupadd", name: "Ops" }, { connection: { danger: true } });
  await app.press("y");
  expect(names(app)).toHaveLength(4);
  await app.type("groupadd");
  await app.press("y");
  expect(names(app)).toHaveLength(5);
});

test("what is no request is told with line and field, edited again, and nothing is sent meanwhile", async () => {
  const texts = ["{\n  oops", '{\n  "op": "groupmake"\n}', '{ "op": "groupdel", "gid": 102530 }'];
  const seen: string[] = [];
  const desk = editing((text) => {
    seen.push(text);
    return texts.shift() ?? "";
  });
  const app = await open({ desk });
  const { press, screen } = app;
  await press("2", "end", "enter", "e");
  const before = opsOf(app);
  expect(screen.text()).toContain("line 2: this is not JSON");
  await press("e");
  expect(screen.text()).toContain("line 2: op names no operation; did you mean groupadd?");
  // What was written is there again.
  expect(seen.slice(1)).toEqual(["{\n  oops"]);
  await press("enter");
  expect(screen.text()).toContain("Send groupdel as it is now?");
  expect(opsOf(app)).toEqual(before);
});

test("a text that comes back empty, and an editor that fails, send nothing and say so", async () => {
  const empty = await open({ desk: editing(() => "// nothing\n") });
  await empty.press("2", "end", "enter", "e");
  expect(empty.program.state().notice?.text).toBe("The text came back empty, so nothing was sent.");
  const edit: Desk["edit"] = async () => ({
    ok: false,
    reason: "The program of EDITOR ended with exit code 1.",
  });
  const failing = await open({ desk: { ...noDesk, edit } });
  await failing.press("2", "end", "enter", "e");
  expect(failing.program.state().notice?.text).toBe(
    "The program of EDITOR ended with exit code 1. Nothing was sent.",
  );
});

test("a token that is typed into a call is refused before it could be shown", async () => {
  const app = await edited({ op: "groupadd", name: CANARY });
  expect(app.screen.text()).toContain("name must be without the app token in it");
  expect(app.screen.raw()).not.toContain(CANARY);
  const spelled = await edited({ op: "groupadd", name: "Ops", token: CANARY });
  expect(spelled.screen.text()).toContain("token must be left out");
  expect(spelled.screen.raw()).not.toContain(CANARY);
});

test("a refusal is an answer too, and a call that never left says only that", async () => {
  const refused = await edited({ op: "groupset", gid: 5, name: "Ops" });
  await refused.press("y");
  expect(refused.screen.rows()[1]).toMatch(/^ groupset: refused/);
  expect(refused.program.state().notice?.outcome).toBe("refused");

  const mock = createMock({ seed: demoSeed, tokens: [CANARY] });
  let isThere = true;
  const gone = await edited(
    { op: "groupset", gid: 102529, name: "Ops" },
    {
      client: {
        retries: 0,
        fetch: async (url, init) => {
          if (isThere) return mock.fetch(url, init);
          throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
        },
      },
    },
  );
  isThere = false;
  await gone.press("y");
  expect(gone.program.state().notice?.outcome).toBe("not_sent");
});

test("a request of the journal, made by anybody, is edited and sent the same way", async () => {
  const seen: string[] = [];
  const app = await open({
    desk: editing((text) => {
      seen.push(text);
      return text.replace("Elsewhere", "Here");
    }),
  });
  await app.mock.fetch(`${app.mock.url}?op=groupadd&name=Elsewhere&token=${CANARY}`, {});
  await app.press("4", "enter", "e");
  expect(seen.join("")).not.toContain(CANARY);
  expect(app.screen.text()).toContain('group.name = "Here"');
  expect(app.screen.text()).toContain("made once more each time");
  await app.press("y");
  expect(names(app)).toEqual(expect.arrayContaining(["Elsewhere", "Here"]));
  expect(app.screen.rows()[1]).toMatch(/^ groupadd: done/);
  await app.press("esc", "esc");
  expect(app.program.state().screen.kind).toBe("mock");
});

test("a call that is left as it was is not sent, and neither is one that is as it was again", async () => {
  const texts = [(text: string) => `${text.trimEnd()}\r\n`, () => "{ oops", undefined];
  let first = "";
  const app = await open({
    desk: editing((text) => {
      if (first === "") first = text;
      return texts.shift()?.(text) ?? first;
    }),
  });
  const { press, program, screen } = app;
  await press("2", "end", "enter", "e");
  const before = opsOf(app);
  const left = { outcome: "info", text: "The text was left as it was, so nothing was sent." };
  expect([program.state().notice, program.state().dialog]).toEqual([left, undefined]);
  await press("e");
  expect(screen.text()).toContain("line 1: this is not JSON");
  await press("e");
  expect([program.state().notice, program.state().dialog]).toEqual([left, undefined]);
  expect(opsOf(app)).toEqual(before);
});

test("it works on a mock over HTTP; elsewhere, and on a read-only profile, the call opens for reading", async () => {
  const server = await startMock({ seed: demoSeed, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const { press, program } = await edited(
    { op: "groupadd", name: "Ops" },
    {
      connection: { name: "local", kind: "mock" },
      client: { url: server.url, fetch: (url, init) => fetch(url, init) },
    },
  );
  await press("y");
  expect(program.state().notice?.outcome).toBe("done");
  expect(server.world(CANARY).groups()).toHaveLength(5);

  for (const connection of [
    { name: "live", kind: "mesibo" },
    { name: "team", kind: "gateway" },
    { readOnly: "config.json" },
  ] as const) {
    const read: string[] = [];
    const app = await open({
      connection,
      desk: editing((text) => {
        read.push(text);
        return '{ "op": "groupadd", "name": "Ops" }';
      }),
    });
    const before = opsOf(app);
    await app.press("2", "end", "enter", "e");
    expect(read.join("\n")).toMatch(/^groupsget: done[^]*\nanswer\n/);
    expect([app.program.state().dialog, app.program.state().notice, opsOf(app)]).toEqual([
      undefined,
      undefined,
      before,
    ]);
  }
});

test("without colours the same is said", async () => {
  const texts: string[] = [];
  for (const theme of ["terminal", "mono"] as const) {
    const { screen } = await edited({ op: "groupdel", gid: 102529 }, { look: { theme } });
    texts.push(screen.rows().slice(10).join("\n"));
  }
  expect(texts[0]).toContain("What it names will be gone.");
  expect(texts[1]).toBe(texts[0]);
});

test("a long call leaves the question in sight at 60x15", async () => {
  const m = Array.from({ length: 60 }, (_, n) => `user${n}@example.com`).join(",");
  const { screen } = await edited({ op: "groupeditmembers", gid: 102529, m }, { columns: 60, rows: 15 });
  expect(screen.text()).toMatch(/and \d+ more lines/);
  expect(screen.text()).toContain("y: send it");
});
