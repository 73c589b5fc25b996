import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startMock } from "@mesibo-groups/mock-server";
import { connect } from "../../src/commands/connect.ts";

test("nothing set is the mock inside, with the demo team", async () => {
  const { kind, client } = connect({});
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
    const { kind, name, client, maxMembers } = connect({
      MESIBO_URL: mock.url,
      MESIBO_APP_TOKEN_FILE: path,
      ...more,
    });
    expect({ kind, name }).toEqual({ kind: "http", name: mock.url });
    expect(maxMembers).toBe("MESIBO_DIALECT" in more ? 20 : 100_000);
    expect(await client.groups.create({ name: "A" })).toEqual({ gid: 102529 });
    await mock.close();
  },
);

test.each([
  [{ GATEWAY_URL: "http://localhost:4020" }, "GATEWAY_URL is set, and commands cannot use a gateway yet."],
  [{ MESIBO_URL: "http://localhost" }, "MESIBO_URL is set without an app token."],
  [
    { MESIBO_APP_TOKEN: "a", MESIBO_APP_TOKEN_FILE: "b" },
    "MESIBO_APP_TOKEN and MESIBO_APP_TOKEN_FILE are both set.",
  ],
  [
    { MESIBO_APP_TOKEN_FILE: "/nowhere/token" },
    "MESIBO_APP_TOKEN_FILE /nowhere/token cannot be read (ENOENT).",
  ],
  [{ MESIBO_APP_TOKEN: "a", MESIBO_DIALECT: "xml" }, 'MESIBO_DIALECT must be json or form, not "xml".'],
  [{ MESIBO_APP_TOKEN: "a b" }, "token must be 1 to 256 visible ASCII characters"],
  [{ MESIBO_APP_TOKEN: "a", MESIBO_URL: "ftp://x" }, "url must be http or https, not ftp:"],
])("a wrong environment is named: %j", (environment, message) => {
  expect(() => connect(environment)).toThrow(message);
});
