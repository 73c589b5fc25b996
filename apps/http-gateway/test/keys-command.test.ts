import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
if (!existsSync(bin)) throw new Error("dist/cli.js is missing: run the build first (pnpm build).");

const folder = mkdtempSync(join(tmpdir(), "gateway-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `mesibo-gateway keys …` on a database. */
const keysOn =
  (name: string) =>
  (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { DATABASE_URL: `file:${join(folder, name)}` };
      execFile(process.execPath, [bin, "keys", ...args], { env }, (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
      });
    });

interface Shown {
  readonly v: number;
  readonly id: string;
  readonly key: string;
}
const shownIn = ({ out }: Ended): Shown => JSON.parse(out) as Shown;

test("on a path that leads nowhere, list, rotate and revoke say so and make no store there", async () => {
  const nowhere = join(folder, "mistyped.db");
  for (const args of [["list"], ["rotate", "7GkP2xQ9aVb4"], ["revoke", "7GkP2xQ9aVb4"]]) {
    expect(await keysOn("mistyped.db")(...args)).toEqual({
      code: 1,
      out: "",
      err: `mesibo-gateway: There is no file ${nowhere}: correct the path that names it.\n`,
    });
  }
  expect(existsSync(nowhere)).toBe(false);
});

describe("on a store that nobody serves", () => {
  const keys = keysOn("alone.db");

  test("bootstrap makes the first key, which may do everything, and only the first", async () => {
    const first = await keys("bootstrap");
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringMatching(/^mgk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9a-f]{8}\n$/),
    ]);
    expect(await keys("bootstrap")).toEqual({
      code: 1,
      out: "",
      err: "mesibo-gateway: There is an API key already: make others with keys create.\n",
    });
  });

  test("create makes a key with what the flags say, and list never shows its secret", async () => {
    const flags = ["--name", "shop", "--scopes", "groups:read,groups:write", "--read-only", "--gids", "1,2"];
    const made = await keys("create", ...flags, "--name-prefix", "shop-", "--json");
    const { key, id, ...shown } = shownIn(made);
    expect(shown).toMatchObject({
      v: 1,
      name: "shop",
      scopes: ["groups:read"],
      groups: { gids: [1, 2], name_prefix: "shop-" },
    });
    const list = await keys("list");
    expect(list.out.split("\n").find((line) => line.startsWith(id))).toMatch(
      /\tin use\t"shop"\tgroups:read\tgids 1 2, names with "shop-" first\tends \d{4}-\d\d-\d\d\tused never$/,
    );
    expect(list.out).not.toContain(key.split("_")[3]);
  });

  test.each([
    [["create"], "--name must be given: 1 to 100 characters that say whose key it is."],
    [["create", "--name", "x"], "--scopes must be given, with commas between: groups:read,"],
    [["create", "--name", "x", "--scopes", "all"], '--scopes holds "all"; there are groups:read,'],
    [
      ["create", "--name", "x", "--read-only", "--gids", "0"],
      '--gids must be gids with commas between, and holds "0".',
    ],
    [
      ["create", "--name", "x", "--read-only", "--days", "0"],
      '--days must be a whole number from 1 to 3650, not "0".',
    ],
    [
      ["create", "--name", "x", "--read-only", "--env", "A"],
      "--env must be 1 to 12 lower case letters and digits",
    ],
    [["rotate"], "Give the id of one key; mesibo-gateway keys list shows them."],
  ])("%j is a mistake of its caller", async (args, sentence) => {
    const { code, out, err } = await keys(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`mesibo-gateway: ${sentence}`);
  });

  test("an id that nobody has can be neither rotated nor revoked", async () => {
    for (const command of ["rotate", "revoke"]) {
      const { code, err } = await keys(command, "none");
      expect([code, err]).toEqual([
        1,
        'mesibo-gateway: No API key that is in use has the id "none"; mesibo-gateway keys list shows them.\n',
      ]);
    }
  });
});

test("beside a gateway that serves, a new key opens at once and a revoked one soon no more", async () => {
  const keys = keysOn("served.db");
  const env = { DATABASE_URL: `file:${join(folder, "served.db")}`, GATEWAY_LOG: "off" };
  const child = spawn(process.execPath, [bin, "--port", "0", "--json"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk) => resolve(String(chunk))),
    );
    const { url } = JSON.parse(line) as { url: string };
    const use = async (key: string) =>
      (await fetch(`${url}/v1/groups`, { headers: { authorization: `Bearer ${key}` } })).status;

    const { id, key } = shownIn(await keys("create", "--name", "x", "--read-only", "--json"));
    expect(await use(key)).toBe(200);
    const { key: second } = shownIn(await keys("rotate", id, "--json"));
    await expect.poll(() => use(second)).toBe(200);
    expect(await use(key)).toBe(200);
    expect((await keys("revoke", id)).code).toBe(0);
    await expect.poll(() => use(key)).toBe(401);
    expect(await use(second)).toBe(401);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
});
