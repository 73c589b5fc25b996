import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { startMock } from "@mesibo-groups/mock-server";
import { connect } from "../../src/commands/connect.ts";
import { aroundOf } from "./support.ts";

test("nothing set is the mock inside, with the demo team", async () => {
  const { kind, client } = await connect(aroundOf({}));
  expect(kind).toBe("embedded");
  expect((await client.groups.list()).groups.map(({ name }) => name)).toEqual([
    "News",
    "Support",
    "Team",
    "Lobby",
  ]);
});

test.each([{}, { MESIBO_DIALECT: "form" }, { MESIBO_DIALECT: "v1-form" }])(
  "a URL and a token, or a file with it, are a server over HTTP %j",
  async (more) => {
    const mock = await startMock({ tokens: ["token-of-a-file"] });
    const path = join(mkdtempSync(join(tmpdir(), "mesibo-groups-")), "token");
    writeFileSync(path, "token-of-a-file\n", { mode: 0o600 });
    const around = aroundOf({ MESIBO_URL: mock.url, MESIBO_APP_TOKEN_FILE: path, ...more }, dirname(path));
    const { kind, name, client, maxMembers } = await connect(around);
    expect({ kind, name }).toEqual({ kind: "http", name: mock.url });
    expect(maxMembers).toBe("MESIBO_DIALECT" in more ? 20 : 100_000);
    expect(await client.groups.create({ name: "A" })).toEqual({ gid: 102529 });
    await mock.close();
  },
);

test("where nothing can be remembered, the notice of mesibo says so and the connection is made", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "mesibo-groups-")), "home");
  writeFileSync(file, "");
  const { kind, notices } = await connect(aroundOf({ MESIBO_APP_TOKEN: "token" }, file));
  expect(kind).toBe("http");
  expect(notices).toEqual([
    expect.stringContaining("more than five addresses"),
    expect.stringMatching(/cannot be written \(ENOTDIR\)\. .* Until then this notice comes each time\.$/),
  ]);
});

test.each([
  [{ GATEWAY_URL: "http://localhost:4020" }, "profile environment: needs an API key, and none is set."],
  [{ MESIBO_URL: "https://example.com/" }, "profile environment: needs an app token, and none is set."],
  [{ MESIBO_APP_TOKEN_FILE: "/nowhere/token" }, "MESIBO_APP_TOKEN_FILE"],
  [{ MESIBO_APP_TOKEN: "a", MESIBO_DIALECT: "xml" }, "MESIBO_DIALECT: must be json or form."],
  [{ MESIBO_APP_TOKEN: "a b" }, "1 to 256 visible ASCII characters"],
  [{ MESIBO_APP_TOKEN: "a", MESIBO_URL: "ftp://x" }, "MESIBO_URL"],
  [
    { MESIBO_GROUPS_PROFILE: "nowhere" },
    'MESIBO_GROUPS_PROFILE: there is no profile "nowhere". Known: embedded.',
  ],
])("a wrong environment is named: %j", async (environment, message) => {
  const failing = connect(aroundOf(environment));
  await expect(failing).rejects.toMatchObject({ name: "CommandError", kind: "usage" });
  await expect(failing).rejects.toThrow(message);
});
