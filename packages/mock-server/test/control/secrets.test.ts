import { describe, expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { everyRoute } from "../support/calls.ts";
import { control, type ControlAnswer } from "../support/control.ts";

// One as mesibo makes them, and some that only a mock takes.
const CANARIES = [
  "canary4711tokenthatmustneverbeseen",
  "canary/4711+token \"that'must<never>be&seen\\",
  "canary-für-alle-€-😀-zeichen",
  "123456789012",
];

const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    .map((code) => `\\u${code.toString(16).padStart(4, "0")}`)
    .join("");

/** A text with everything decoded that hides a token in it. */
function naked(text: string): string {
  const once = text
    .replaceAll(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString())
    .replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\(["\\/])/g, "$1");
  return once === text ? text : naked(once);
}

function seen({ text, headers }: ControlAnswer): string {
  const all = `${text}\n${[...headers].flat().join("\n")}`;
  return `${all}\n${naked(all)}\n${naked(all).replaceAll("+", " ")}`;
}

const post = (type: string, body: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});
const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";

/** Sends the token to a mock in every place and every spelling. */
async function spill(mock: Mock, token: string): Promise<void> {
  const q = encodeURIComponent(token);
  const p = percent(token);
  const j = JSON.stringify(token);
  const e = `"${escaped(token)}"`;
  const asked: readonly (readonly [string, RequestInit?])[] = [
    [`/backend/?op=useradd&token=${q}&addr=someone&appid=a`],
    [`/api.php?op=useradd&token=${q}&addr=other&appid=${q}&name=${p}`],
    [`/api.php?op=groupadd&token=${p}&name=${q}&m=someone,other`],
    [`/backend?%74o%6ben=${p}&op=${p}`],
    [`/backend/?op=groupdel&token=${q}&gid=${p}&${p}=1`],
    ["/api.php", post(FORM, `op=groupadd&token=${q}&name=${p}`)],
    ["/backend/", post(JSON_TYPE, `{"op":"groupadd","token":${j},"group":{"name":${j},"pinned":${j}}}`)],
    ["/backend/", post(JSON_TYPE, `{"op":${e},"token":${e},${e}:1}`)],
    ["/backend/", post(JSON_TYPE, String.raw`{"op":"groupadd","tok\u0065n":${e},"group":{"name":${e}}}`)],
    ["/backend/", post(JSON_TYPE, `{"op":"useradd","token":${j},"user":{"address":${j}}}`)],
    ["/backend/", post(JSON_TYPE, `{"op":"message","token":${j},"from":${j},"to":"someone","message":${j}}`)],
    [`/backend/?op=message&token=${q}&gid=102529&from=someone&msg=${q}&forced=1`],
    [`/backend/?op=groupeditmembers&token=${q}&gid=102529&m=stranger,x${p}`],
    [`/backend/?token=${q}`, post(JSON_TYPE, `{"op":"groupadd","name":${j}`)],
    // Too long for the journal, and cut in the middle of the token.
    ["/backend/", post(FORM, `op=groupadd&token=${q}&name=${"x".repeat(16_384 - 39 - q.length)}${token}`)],
    ["/mesiboapi", post(`text/${token.replaceAll(/[^\w]/g, "")}`, `op=groupadd&token=${q}`)],
    // Strays: nobody reads the token in these.
    ["/backend/", post(JSON_TYPE, `{"op":"groupadd","token":${j}`)],
    ["/backend/", post(JSON_TYPE, `{"op":"groupadd","token":${e},}`)],
    ["/backend/", post(JSON_TYPE, `{'op':'groupadd','token':'${token.replaceAll("'", "")}'}`)],
    ["/backend/", post(JSON_TYPE, `{op:"groupadd",token:${j}}`)],
    [`/backend/?op=groupadd&app_token=${q}`],
    [`/backend/?op=groupadd&accessToken=${p}`],
    ["/backend/", post(JSON_TYPE, `{"op":"groupadd","appToken":${j}}`)],
    [
      "/backend/",
      post(
        "multipart/form-data; boundary=b",
        `--b\r\nContent-Disposition: form-data; name="op"\r\n\r\ngroupadd\r\n--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b--\r\n`,
      ),
    ],
  ];
  for (const [target, init = {}] of asked) await mock.fetch(new URL(target, mock.url).href, init);
  mock.world(token).setOnline("someone", true);
  mock.world(token).fork("copy-of-the-canary");
}

async function spilled(token: string): Promise<Mock> {
  const mock = createMock();
  await spill(mock, token);
  return mock;
}

/** Gives a world users, a group and a message, with the token nowhere but where it belongs. */
async function plain(token: string): Promise<Mock> {
  const mock = createMock();
  const q = encodeURIComponent(token);
  for (const target of [
    "op=useradd&addr=someone&appid=a",
    "op=groupadd&name=News&m=someone",
    "op=message&gid=102529&from=someone&msg=hi&forced=1",
  ])
    await mock.fetch(new URL(`/api.php?${target}&token=${q}`, mock.url).href, {});
  mock.world(token).fork("copy-of-the-canary");
  return mock;
}

// What a world holds is told as it was given: a group that somebody has named by a token has that name.
const tellsContents = new Set([
  "getState",
  "getSnapshot",
  "diffWorlds",
  "diffSnapshot",
  "getClock",
  "patchClock",
  "listDeliveries",
]);

describe.each(CANARIES)("the app token %s, spelled in every way in every place", (token) => {
  const bare = token.replaceAll("'", "");
  const expectSilence = (answer: ControlAnswer): void => {
    const text = seen(answer);
    expect(text).not.toContain(token);
    expect(text).not.toContain(bare);
  };

  test.each(everyRoute(token, token).map((asked) => [asked.id, asked] as const))(
    "is in no answer of %s",
    async (id, { method, path, body }) => {
      const mock = await (tellsContents.has(id) ? plain(token) : spilled(token));
      const answer = await control(mock, method, path, body);
      expect(answer.status).toBeLessThan(300);
      expectSilence(answer);
    },
  );

  test.each(everyRoute("copy-of-the-canary", token).map((asked) => [asked.id, asked] as const))(
    "is in no answer of %s for a fork of its world",
    async (id, { method, path, body }) => {
      const mock = await (tellsContents.has(id) ? plain(token) : spilled(token));
      expectSilence(await control(mock, method, path, body));
    },
  );

  test.each(["curl", "har", "vitest"])("is in no export as %s, of one or of all requests", async (as) => {
    const mock = await spilled(token);
    const path = `/worlds/${encodeURIComponent(token)}/requests`;
    const { requests } = (await control(mock, "GET", `${path}?limit=1000`)).json as {
      readonly requests: readonly { readonly n: number }[];
    };
    expect(requests.length).toBeGreaterThan(10);
    expectSilence(await control(mock, "GET", `${path}?limit=1000&as=${as}`));
    for (const { n } of requests) expectSilence(await control(mock, "GET", `${path}/${n}?as=${as}`));
  });

  test("is in no problem: a wrong method, path, query, body or number", async () => {
    const mock = await spilled(token);
    const world = `/worlds/${encodeURIComponent(token)}`;
    const key = encodeURIComponent(token);
    const problems = await Promise.all([
      ...everyRoute(token).map(({ path }) => control(mock, "PROPFIND", path)),
      ...everyRoute(token).map(({ method, path }) =>
        control(mock, method, `${path.split("?")[0]}?${key}=${key}`),
      ),
      control(mock, "GET", `${world}/nothing`),
      control(mock, "GET", `/${key}`),
      control(mock, "GET", `${world}/requests/${key}`),
      control(mock, "GET", `${world}/requests?result=${key}`),
      control(mock, "PUT", world, { [token]: token }),
      control(mock, "PUT", world, { from: token.repeat(30) }),
      control(mock, "PUT", world, {
        seed: { users: [token, token], groups: [{ name: "x", members: [`${token}s`] }] },
      }),
      control(mock, "PUT", `${world}/presence`, { [`x${token}`]: true }),
    ]);
    expect(problems.filter(({ status }) => status < 400)).toEqual([]);
    for (const problem of problems) expectSilence(problem);
  });

  test("is in nothing that the journal shows to a test in this process", async () => {
    const mock = await spilled(token);
    const text = JSON.stringify(mock.world(token).requests());
    expectSilence({ status: 200, headers: new Headers(), text, json: undefined });
  });
});

test("a user's token is in no answer of any route but the snapshot, which has to give it back", async () => {
  const mock = await spilled("app-token");
  const { user } = (await (
    await mock.fetch(`${mock.url}?op=useradd&token=app-token&addr=someone&appid=a`, {})
  ).json()) as { readonly user: { readonly token: string } };
  expect(user.token.length).toBeGreaterThan(40);
  for (const { id, method, path, body } of everyRoute("app-token")) {
    if (id === "getSnapshot" || id === "putSnapshot" || id === "resetWorld" || method === "DELETE") continue;
    expect(seen(await control(mock, method, path, body))).not.toContain(user.token);
  }
});

test("a problem shows no part of a token, however much stands before it", async () => {
  const token = "canary4711".repeat(20);
  const mock = createMock({ tokens: [token] });
  const world = `/worlds/${token}`;
  for (const before of ["", "x".repeat(40), "x".repeat(75), "x".repeat(595)]) {
    const said = `${before}${token}`;
    const problems = await Promise.all([
      control(mock, "GET", `${world}/requests/${said}`),
      control(mock, "PUT", `${world}/presence`, { [said]: true }),
      control(mock, "POST", `${world}/verify`, { op: said }),
      control(mock, "POST", `${world}/verify`, { params: { [said]: 1 } }),
      control(mock, "PUT", `${world}/faults`, [{ effect: "html", op: said }]),
    ]);
    for (const { status, text } of problems) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain("canary");
      expect(text.length).toBeLessThan(1_000);
    }
  }
});

test.each([
  ["application/json", "{bad SecretTok3nABCDEFGHIJ"],
  ["application/json", '["SecretTok3nABCDEFGHIJ"]'],
  ["text/plain", "token: SecretTok3nABCDEFGHIJ"],
  ["text/plain", "SecretTok3nABCDEFGHIJ"],
])("the token of a world is in no stray, wherever it stands: %s %s", async (type, body) => {
  const mock = createMock();
  mock.world("SecretTok3nABCDEFGHIJ");
  await mock.fetch(mock.url, post(type, body));
  const { text } = await control(mock, "GET", "/strays");
  expect(JSON.parse(text)).toMatchObject({ count: 1 });
  expect(text).not.toContain("SecretTok3n");
});

test("a body that nobody can read is masked also where a fault took the place of its refusal", async () => {
  const mock = createMock();
  mock.world("known").faults.set({ rules: [{ effect: "refuse", error: "BUSY" }] });
  const body = "{'op':'groupadd','token':'other-app-token-1'}";
  await mock.fetch(`${mock.url}?token=known`, post(JSON_TYPE, body));
  expect(JSON.stringify(mock.world("known").requests())).not.toContain("other-app-token-1");
});

test("a path that is not there is told without a token in it", async () => {
  const mock = createMock();
  mock.world("SecretTok3nABCDEFGHIJ");
  const answer = await mock.fetch(new URL("/nowhere/SecretTok3nABCDEFGHIJ", mock.url).href, {});
  expect(await answer.json()).toMatchObject({
    message: expect.stringContaining("not on /nowhere/[redacted].") as string,
  });
});

test("a text that only ends as a token begins is whole", async () => {
  const mock = createMock({ tokens: ["mock-app-token"] });
  await mock.fetch(`${mock.url}?op=groupadd&token=mock-app-token&name=mock-app`, {});
  expect(mock.world().requests()[0]?.query).toBe("op=groupadd&token=[redacted]&name=mock-app");
});

test("a short token is masked where it is the token, and mangles nothing else", async () => {
  const mock = createMock({ tokens: ["t"] });
  await mock.fetch(`${mock.url}?op=groupadd&token=t&name=tatter`, {});
  await mock.fetch(mock.url.replace("/backend/", "/api.php"), post(FORM, "token=t&op=groupset&gid=102529"));
  await mock.fetch(
    mock.url,
    post(JSON_TYPE, '{"op":"groupset","group":{"gid":102529,"name":"t"},"token":"t"}'),
  );
  const shown = mock.world("t").requests();
  expect(shown.map(({ query, body }) => query + body)).toEqual([
    "op=groupadd&token=[redacted]&name=tatter",
    "token=[redacted]&op=groupset&gid=102529",
    '{"op":"groupset","group":{"gid":102529,"name":"t"},"token":"[redacted]"}',
  ]);
  expect(JSON.parse(shown[1]?.answer ?? "")).toMatchObject({ app: { name: "mock", token: "[redacted]" } });
  expect(shown[0]?.explanation.summary).toBe("groupadd was done.");
});
