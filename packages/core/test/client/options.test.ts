import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  createClient,
  decodeFlags,
  flagPresets,
  noPermissions,
  type Client,
  type ClientOptions,
} from "../../src/index.ts";
import { CANARY, clientOf, done, failureOf, scripted, seen } from "./support/script.ts";

describe("an option that is wrong is named, and its value kept to itself where it may be secret", () => {
  const token = "t";
  test.each<[string, Partial<ClientOptions>, string]>([
    ["no token", { token: "" }, "token must be 1 to 256 visible ASCII characters"],
    ["a token with a line break", { token: "s3cr3t\n" }, "token must be 1 to 256 visible ASCII characters"],
    ["an endless token", { token: "t".repeat(257) }, "token must be 1 to 256 visible ASCII characters"],
    ["a relative URL", { url: "/backend/" }, "url must be an absolute http or https URL."],
    ["another protocol", { url: "ftp://x/" }, "url must be http or https, not ftp:"],
    [
      "a password in the URL",
      { url: "https://u:p@x/" },
      "url must hold no user, password, query or fragment",
    ],
    ["a user in the URL", { url: "https://u@x/" }, "url must hold no user, password, query or fragment"],
    [
      "a token in the URL",
      { url: "https://x/?token=t" },
      "url must hold no user, password, query or fragment",
    ],
    ["a fragment", { url: "https://x/#t" }, "url must hold no user, password, query or fragment"],
    ["no time", { timeoutMs: 0 }, "timeoutMs must be a whole number of at least 1, not 0."],
    ["no place", { maxInFlight: 0 }, "maxInFlight must be a whole number of at least 1, not 0."],
    ["half a call", { maxQueued: 0.5 }, "maxQueued must be a whole number of at least 0, not 0.5."],
    ["a wait before now", { queueWaitMs: -1 }, "queueWaitMs must be a whole number of at least 0, not -1."],
    [
      "an endless quiet",
      { quietMs: Infinity },
      "quietMs must be a whole number of at least 0, not Infinity.",
    ],
    ["half a deadline", { deadlineMs: 1.5 }, "deadlineMs must be a whole number of at least 1, not 1.5."],
    ["negative retries", { retries: -1 }, "retries must be a whole number of at least 0, not -1."],
  ])("%s", (_, options, message) => {
    expect(() => createClient({ token, ...options })).toThrow(`createClient: ${message}`);
    expect(() => createClient({ token, ...options })).not.toThrow("s3cr3t");
  });

  test("a token that is no text", () => {
    // @ts-expect-error -- plain JavaScript has no types
    expect(() => createClient({ token: 5 })).toThrow(
      "createClient: token must be 1 to 256 visible ASCII characters",
    );
  });
});

describe("defaults", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("mesibo's own URL, nested JSON and the global fetch", async () => {
    const { fetch, requests } = scripted(done({ group: { gid: 1 } }));
    vi.stubGlobal("fetch", fetch);
    await createClient({ token: "t" }).groups.create({ name: "x" });
    expect(requests[0]?.url).toBe("https://api.mesibo.com/backend/");
    expect(requests[0]?.init.body).toBe('{"op":"groupadd","group":{"name":"x"},"token":"t"}');
  });
});

describe("in a web page", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const inPage = (url: string) => {
    vi.stubGlobal("window", {});
    vi.stubGlobal("document", {});
    return () => createClient({ token: "t", url });
  };

  test("no app token is held", () => {
    expect(inPage("https://api.mesibo.com/backend/")).toThrow(
      "createClient: an app token has no place in a web page. Call a gateway, or a mock on localhost.",
    );
    expect(inPage("https://127.0.0.1.evil.example/")).toThrow("no place in a web page");
  });

  test.each(["http://localhost:4010/backend/", "http://127.0.0.1/", "http://[::1]:4010/"])(
    "a mock on %s may be called",
    (url) => {
      expect(inPage(url)).not.toThrow();
    },
  );
});

test("a client shows nothing of its token", () => {
  const client = createClient({ token: "canary-of-options" });
  expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(
    "canary-of-options",
  );
});

const encoded = encodeURIComponent(CANARY);

describe("a request that is wrong is refused before anything is sent", () => {
  const cases: readonly [string, (client: Client) => Promise<unknown>, string, string][] = [
    ["a gid of 0", (client) => client.groups.delete(0), "gid", "a whole number from 1 to 4294967295"],
    [
      "a gid over 32 bits",
      (client) => client.groups.delete(2 ** 32),
      "gid",
      "a whole number from 1 to 4294967295",
    ],
    [
      "half a gid",
      (client) => client.members.list({ gid: 1.5 }),
      "gid",
      "a whole number from 1 to 4294967295",
    ],
    [
      "an expiry of a text",
      (client) => client.groups.create({ expiry: Number("x") }),
      "expiry",
      "a whole number from -2147483648 to 4294967295",
    ],
    ["no address", (client) => client.users.create({ address: "" }), 'address ""', "not empty"],
    [
      "a long address",
      (client) => client.users.create({ address: "ü".repeat(32) }),
      `address "${"ü".repeat(32)}"`,
      "at most 63 bytes",
    ],
    [
      "an endless address",
      (client) => client.users.create({ address: "x".repeat(500) }),
      `address "${"x".repeat(80)}…"`,
      "at most 63 bytes",
    ],
    [
      "a control character",
      (client) => client.users.delete({ address: "a\u0000" }),
      'address "a\\u0000"',
      "without control characters",
    ],
    [
      "a space around it",
      (client) => client.send({ from: " a", to: [], text: "" }),
      'from " a"',
      "without spaces around it",
    ],
    [
      "a comma in a recipient",
      (client) => client.send({ from: "a", to: ["b,c"], text: "" }),
      'to "b,c"',
      "without a comma: mesibo lists addresses with commas",
    ],
    [
      "contradictory flags",
      (client) => client.groups.create({ flags: decodeFlags(3) }),
      "flags",
      "free of contradictory bits: settle them with withFlags, or keepConflicts",
    ],
    [
      "an empty name in a change",
      (client) => client.groups.edit({ gid: 1, name: "" }),
      "name",
      "not empty: mesibo reads an empty name as leave it as it is",
    ],
    [
      "an empty list in a change",
      (client) => client.call("groupset", { gid: 1, members: [] }),
      "members",
      "not empty: mesibo reads an empty list as leave it as it is",
    ],
    [
      "more members than one call may carry",
      (client) => client.groups.create({ members: Array.from({ length: 101 }, (_, index) => String(index)) }),
      "members",
      "at most 100 addresses and 6144 bytes: create the group, then members.add the others",
    ],
    [
      "flags that are a number",
      (client) => client.groups.create({ flags: 17 as never }),
      "flags",
      "made by decodeFlags, parseFlags or a preset",
    ],
    [
      "an address that is a number",
      (client) => client.users.create({ address: 5 as never }),
      "address",
      "text",
    ],
    [
      "members that are a text",
      (client) => client.groups.create({ members: "a,b" as never }),
      "members",
      "a list of addresses",
    ],
    [
      "a permission that is a text",
      (client) =>
        client.members.add({
          gid: 1,
          addresses: ["a"],
          permissions: { ...noPermissions, send: "yes" as never },
        }),
      "permissions.send",
      expect.any(String) as string,
    ],
    [
      "a name that is a number",
      (client) => client.groups.create({ name: 5 as never }),
      "name",
      expect.any(String) as string,
    ],
  ];
  test.each(cases)("%s", async (_, call, field, expected) => {
    const { fetch, requests } = scripted(done());
    const failure = await failureOf(call(clientOf(fetch)));
    expect(failure).toMatchObject({
      name: "ValidationError",
      kind: "validation",
      sent: "no",
      outcome: "not_sent",
      field,
      expected,
    });
    expect(failure["message"]).toMatch(/ must be .*\. Nothing was sent\.$/);
    expect(requests).toHaveLength(0);
  });

  test.each<[string, (client: Client) => Promise<unknown>, string]>([
    ["the name of a group", (client) => client.groups.create({ name: `a ${CANARY}` }), "name"],
    ["an address", (client) => client.users.create({ address: CANARY }), "address"],
    ["an address in another spelling", (client) => client.users.delete({ address: encoded }), "address"],
    [
      "a member",
      (client) => client.members.add({ gid: 1, addresses: ["a", CANARY], permissions: noPermissions }),
      "members",
    ],
    ["a message", (client) => client.send({ from: "a", to: ["b"], text: `see ${CANARY}` }), "text"],
    ["a pattern", (client) => client.groups.list({ pattern: CANARY }), "pattern"],
  ])("the app token has no place in %s", async (_, call, field) => {
    const { fetch, requests } = scripted(done());
    const failure = await failureOf(call(clientOf(fetch)));
    expect(failure).toMatchObject({ kind: "validation", field });
    expect(failure["message"]).toMatch(/: \w+ must be without the app token in it: the token is a secret\./);
    expect(inspect([failure, seen], { depth: 12 })).not.toMatch(/canary/);
    expect(requests).toHaveLength(0);
  });

  test("contradictory flags are written when that is asked for", async () => {
    const { fetch, requests } = scripted(done({ group: { gid: 1 } }));
    await clientOf(fetch).groups.create({ flags: decodeFlags(0x33) }, { keepConflicts: true });
    expect(requests[0]?.params.get("flag")).toBe("51");
  });

  test("a preset is fine", async () => {
    const { fetch, requests } = scripted(done({ group: { gid: 1 } }));
    await clientOf(fetch).groups.create({
      flags: flagPresets.hunt_group,
      members: ["a"],
      permissions: noPermissions,
    });
    expect(requests[0]?.params.get("flag")).toBe("32");
  });
});
