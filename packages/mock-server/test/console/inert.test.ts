import { request } from "node:http";
import { expect, test } from "vitest";
import { createMock, startMock, type Mock } from "../../src/index.ts";
import { ask, openConsole } from "./console.ts";

const TOKEN = "canary-token-of-the-console";

const pages = [
  "/groups",
  "/groups/102529",
  "/users",
  "/messages",
  "/requests",
  "/requests/1",
  "/requests/4",
  "/messages/1",
  "/clock",
  "/faults",
  "/world",
];

/** Sends what no client would. */
async function call(mock: Mock, op: string, params: Record<string, unknown>): Promise<void> {
  const body = JSON.stringify({ op, token: TOKEN, ...params });
  await mock.fetch(mock.url, { method: "POST", body, headers: { "content-type": "application/json" } });
}

/** A mock in which everything has this name that can have one. */
async function namedBy(name: string): Promise<Mock> {
  const mock = createMock({ tokens: [TOKEN] });
  await call(mock, "groupadd", { group: { name } });
  await call(mock, "useradd", { user: { address: "alice", name } });
  await call(mock, "message", { from: "alice", to: "bob", forced: true, message: name });
  await call(mock, name, { group: { name } });
  mock.world().faults.set({
    rules: [{ effect: "refuse", error: name.slice(0, 100), cause: name.slice(0, 1000), count: 0 }],
  });
  return mock;
}

test.each([
  ["markup", "<script>alert(1)</script><img src=x onerror=alert(2)>", /<script>|<img/],
  ["the end of an attribute", `" autofocus onfocus="alert(1)`, /" autofocus onfocus=/],
  ["the end of a text field", "</textarea></title><b>out</b>", /<b>out/],
])("%s in a name stays text on every page", async (_, name, escaped) => {
  const mock = await namedBy(name);
  const console = await openConsole(mock);
  for (const path of pages) {
    const page = await console.get(path);
    expect({ path, status: page.status, escapes: escaped.test(page.html) }).toEqual({
      path,
      status: 200,
      escapes: false,
    });
  }
  expect((await console.get("/groups")).text).toContain(name);
});

test("characters that hide or rearrange are shown as signs", async () => {
  const console = await openConsole(await namedBy("a\u202eb\u2066c\u0000d\ne\u200bf"));
  const { text } = await console.get("/groups");
  expect(text).toContain("a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d↵e⟨U+200B⟩f");
});

test("emoji and scripts that need joiners are left as they are", async () => {
  const name = "👩‍👩‍👧 می‌خواهم 🏳️‍🌈";
  expect((await (await openConsole(await namedBy(name))).get("/groups")).text).toContain(name);
});

test("of a long name a list shows the beginning and the length", async () => {
  const console = await openConsole(await namedBy("x".repeat(10_000)));
  const { text } = await console.get("/groups");
  expect(/x+… ?[^ ]* ?characters|x+ … 10,000 characters/.exec(text)?.[0]).toBe(
    `${"x".repeat(80)} … 10,000 characters`,
  );
});

test("no page carries the token, neither one that is not there", async () => {
  const mock = await namedBy("News");
  const console = await openConsole(mock);
  for (const path of [...pages, "/rows?after=0", "/snapshot.json"]) {
    const { html, status } = await console.get(path);
    expect({ path, status, leaks: html.includes(TOKEN) }).toEqual({ path, status: 200, leaks: false });
  }
  for (const path of ["/_mock/", `/_mock/console/${TOKEN}`, `/_mock/console/1/${TOKEN}`, `/_mock/${TOKEN}`])
    expect((await ask(mock, path)).html).not.toContain(TOKEN);
});

test("a group that is named by the token keeps its name, shown and in a form that does not touch it", async () => {
  const mock = await namedBy(`leak ${TOKEN}`);
  const console = await openConsole(mock);
  expect((await console.get("/groups")).text).toContain(`leak ${TOKEN}`);
  const form = {
    do: "settings",
    name: `leak ${TOKEN}`,
    send: "anyone",
    receive: "members",
    store: "1",
    active: "1",
  };
  await console.follow("/groups/102529", { ...form, expiry: "", expiryext: "0" });
  expect(mock.world().groups()[0]?.name).toBe(`leak ${TOKEN}`);
});

test("every answer has the strict headers", async () => {
  const mock = await namedBy("News");
  const console = await openConsole(mock);
  const answers = [
    ...(await Promise.all(pages.map((path) => console.get(path)))),
    await console.get("/nowhere"),
    await console.submit("/groups/102529", { do: "delete", gid: "" }),
    await console.submit("/clock", { do: "freeze" }),
    await ask(mock, "/_mock/"),
    await ask(mock, "/_mock/console.css"),
    await ask(mock, "/_mock/console.js"),
    await ask(mock, "/_mock/console/fidelity"),
  ];
  const policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  for (const { headers } of answers) {
    expect({
      policy: headers.get("content-security-policy"),
      sniff: headers.get("x-content-type-options"),
      referrer: headers.get("referrer-policy"),
    }).toEqual({ policy, sniff: "nosniff", referrer: "same-origin" });
  }
});

test("there is no console where the control API is off", async () => {
  const mock = createMock({ control: false });
  expect((await ask(mock, "/_mock/")).status).toBe(404);
});

test("a world that is not there is told, with a way back", async () => {
  const page = await ask(createMock(), "/_mock/console/7/groups");
  expect(page.status).toBe(404);
  expect(page.text).toContain("This mock has no world 7.");
  expect(page.html).toContain('href="/_mock/"');
});

test("a form over 1 MiB is not read", async () => {
  const console = await openConsole(createMock());
  expect((await console.submit("/users", { do: "add", address: "x".repeat(2 ** 20) })).status).toBe(413);
});

/** The status of a request with these headers, over a real connection. */
const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end("token=stolen-by-a-page");
  });

test("a page of somebody else cannot drive the console", async () => {
  const mock = await startMock();
  const { host, origin } = new URL(mock.url);
  const url = `${origin}/_mock/console`;
  expect({
    own: await statusOf(url, { origin }),
    foreignOrigin: await statusOf(url, { origin: "http://evil.example" }),
    noOrigin: await statusOf(url, { origin: "null" }),
    rebound: await statusOf(url, { host: `evil.example:${new URL(mock.url).port}` }),
    local: await statusOf(url, { host: host.replace("127.0.0.1", "localhost") }),
  }).toEqual({ own: 303, foreignOrigin: 403, noOrigin: 403, rebound: 403, local: 303 });
  await mock.close();
});
