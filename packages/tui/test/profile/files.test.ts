import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { editConfig } from "../../src/profile/edit.ts";
import { loadFiles } from "../../src/profile/load.ts";
import { acknowledgeNotice, DIRECT_NOTICE, pendingNotice } from "../../src/profile/notice.ts";
import { configJsonSchema } from "../../src/profile/schema.ts";
import { home, resolved } from "./support.ts";

const commented = `{
  // Our profiles
  "version": 1,
  "profiles": {
    /* the real one */
    "work": {
      "kind": "mesibo", // directly
      "batch_size": 50,
    },
  },
}
`;

test("comments and trailing commas are read", async () => {
  const { around } = await home(commented);
  expect((await loadFiles(around)).user?.content).toEqual({
    version: 1,
    profiles: { work: { kind: "mesibo", batch_size: 50 } },
  });
});

test("an unknown key is a warning with the nearest name, a secret in the file one with the way to do it", async () => {
  const { around, config } = await home({
    version: 1,
    defualt: "work",
    profiles: { work: { kind: "mesibo", tokenfile: "x", token: "canary" } },
  });
  expect((await loadFiles(around)).user?.warnings).toEqual([
    `${config}: defualt is not a known key. Did you mean default?`,
    `${config}: profiles.work.tokenfile is not a known key. Did you mean token_file?`,
    `${config}: profiles.work.token is not read: a secret has no place in this file. Use token_command or token_file.`,
  ]);
});

test.each([
  ["{ 'a'", /is not JSON \(\w+\) at line 1, column 3\. Correct it/],
  ["", /is (not JSON \(\w+\)|empty) at line 1, column 1\./],
  ['{"version":2}', /version must be 1: no other version of this file is known\./],
  ["{}", /version must be 1/],
  [
    "[]",
    /config\.json: the file holds a list; it must hold an object, at least \{ "version": 1 \}\. Correct it/,
  ],
  ['"canary"', /config\.json: the file holds text; it must hold an object/],
  ["7", /config\.json: the file holds a number; it must hold an object/],
  ["null // nothing", /config\.json: the file holds null; it must hold an object/],
  ["true", /config\.json: the file holds true; it must hold an object/],
  ['{"version":1,"profiles":{"a b":{"kind":"mock"}}}', /profiles\.a b must be 1 to 40 letters/],
  [
    '{"version":1,"profiles":{"a":{"kind":"mok"}}}',
    /profiles\.a\.kind must have a kind: mock, gateway or mesibo\./,
  ],
  ['{"version":1,"profiles":{"a":{"kind":"gateway"}}}', /profiles\.a\.url must be/],
  [
    '{"version":1,"profiles":{"a":{"kind":"mesibo","url":"https://u:canary@h/"}}}',
    /profiles\.a\.url must be an http or https URL without user/,
  ],
  [
    '{"version":1,"profiles":{"a":{"kind":"mesibo","token_command":"pass x"}}}',
    /profiles\.a\.token_command must be a list of text/,
  ],
  [
    '{"version":1,"profiles":{"a":{"kind":"mesibo","batch_size":101}}}',
    /profiles\.a\.batch_size must be a whole number of addresses from 1 to 100\./,
  ],
])("%s is refused", async (text, message) => {
  const { around } = await home(text);
  const error = await loadFiles(around).catch((error: unknown) => error);
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain("canary");
});

test.each(["token_command", "token_file", "url", "profiles"])(
  "%s in a project's file is refused",
  async (key) => {
    const { around, write } = await home();
    await write("work/.mesibo-groups.json", JSON.stringify({ version: 1, [key]: "x" }));
    await expect(loadFiles(around)).rejects.toThrow(`${key} is refused in a project's file`);
  },
);

test("a project may add a safeguard and never lift one", async () => {
  const { around, write } = await home({
    version: 1,
    default: "a",
    profiles: { a: { kind: "mock", danger: true } },
  });
  await write("work/.mesibo-groups.json", '{"version":1,"read_only":true}');
  const { readOnly, danger } = await resolved(around, { readOnly: false });
  expect([readOnly.value, danger.value]).toEqual([true, true]);
  await write("work/.mesibo-groups.json", '{"version":1,"danger":false}');
  await expect(loadFiles(around)).rejects.toThrow("danger can only be true");
});

test("a profile is added, edited, used and removed while comments stay", async () => {
  const { around, config } = await home(commented);
  await editConfig({ kind: "add", name: "demo", profile: { kind: "mock" } }, around);
  await editConfig(
    { kind: "edit", name: "work", fields: { read_only: true, batch_size: undefined } },
    around,
  );
  await editConfig({ kind: "use", name: "demo" }, around);
  const text = await readFile(config, "utf8");
  for (const comment of ["// Our profiles", "/* the real one */", "// directly"])
    expect(text).toContain(comment);
  expect((await loadFiles(around)).user?.content).toEqual({
    version: 1,
    default: "demo",
    profiles: { work: { kind: "mesibo", read_only: true }, demo: { kind: "mock" } },
  });
  await editConfig({ kind: "remove", name: "demo" }, around);
  expect((await loadFiles(around)).user?.content).toEqual({
    version: 1,
    profiles: { work: { kind: "mesibo", read_only: true } },
  });
});

test("taking a field out leaves the comments around it and plain JSON plain", async () => {
  const plain =
    '{\n  "version": 1,\n  "default": "a",\n  "profiles": {\n    "a": { "kind": "mock", "danger": true }\n  }\n}\n';
  const { around, config } = await home(plain);
  await editConfig({ kind: "edit", name: "a", fields: { danger: undefined, label: undefined } }, around);
  expect(JSON.parse(await readFile(config, "utf8"))).toEqual({
    version: 1,
    default: "a",
    profiles: { a: { kind: "mock" } },
  });
  await editConfig({ kind: "remove", name: "a" }, around);
  expect(JSON.parse(await readFile(config, "utf8"))).toEqual({ version: 1, profiles: {} });
});

test("a change that would make the file wrong is refused and writes nothing", async () => {
  const { around, config } = await home(commented);
  await expect(editConfig({ kind: "edit", name: "work", fields: { batch_size: 0 } }, around)).rejects.toThrow(
    "batch_size",
  );
  await expect(editConfig({ kind: "add", name: "work", profile: { kind: "mock" } }, around)).rejects.toThrow(
    "already",
  );
  await expect(editConfig({ kind: "remove", name: "wrok" }, around)).rejects.toThrow(
    'there is no profile "wrok"',
  );
  expect(await readFile(config, "utf8")).toBe(commented);
});

test("the first profile makes the file, private, and leaves nothing else behind", async () => {
  const { around, config } = await home();
  await editConfig({ kind: "add", name: "demo", profile: { kind: "mock" } }, around);
  expect((await stat(config)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(config))).mode & 0o777).toBe(0o700);
  expect(await readdir(dirname(config))).toEqual(["config.json"]);
});

test("the notice about addresses is shown once per profile and machine, for mesibo only", async () => {
  const mesibo = { kind: "mesibo" };
  const { around } = await home({ version: 1, profiles: { a: mesibo, b: mesibo, c: { kind: "mock" } } });
  const whose = async (profile: string, machine = "one") => ({
    around,
    resolved: await resolved(around, { profile }),
    machine,
  });
  expect(await pendingNotice(await whose("a"))).toBe(DIRECT_NOTICE);
  await acknowledgeNotice(await whose("a"));
  expect(await pendingNotice(await whose("a"))).toBeUndefined();
  expect(await pendingNotice(await whose("a", "two"))).toBe(DIRECT_NOTICE);
  expect(await pendingNotice(await whose("b"))).toBe(DIRECT_NOTICE);
  expect(await pendingNotice(await whose("c"))).toBeUndefined();
  const folder = join(around.home, ".local/state/mesibo-groups");
  const [file = ""] = await readdir(join(folder, "notices"));
  const modes = [folder, join(folder, "notices"), join(folder, "notices", file)].map(
    async (path) => (await stat(path)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o700, 0o600]);
});

test.runIf(process.platform === "linux")(
  "where no folder can be made that is told, and does not take for ever",
  async () => {
    const { around } = await home();
    const nowhere = { ...around, home: "/proc" };
    await expect(
      editConfig({ kind: "add", name: "demo", profile: { kind: "mock" } }, nowhere),
    ).rejects.toThrow(
      "/proc/.config/mesibo-groups/config.json: cannot be written (ENOENT). Check that there can be such a folder, and who may write there.",
    );
  },
);

test("a notice that cannot be remembered keeps nobody from connecting", async () => {
  const { around, write } = await home();
  const file = await write("a-file", "");
  const told = await acknowledgeNotice({
    around: { ...around, home: file },
    resolved: await resolved({ ...around, env: { MESIBO_APP_TOKEN: "canary" } }),
  });
  expect(told).toMatch(/cannot be written \(ENOTDIR\)\. .* Until then this notice comes each time\.$/);
});

test("XDG folders are followed where they are absolute", async () => {
  const { around, write, with: env } = await home();
  await write("x/mesibo-groups/config.json", '{"version":1,"default":"a","profiles":{"a":{"kind":"mock"}}}');
  const folder = join(around.home, "x");
  await mkdir(folder, { recursive: true });
  expect((await resolved(env({ XDG_CONFIG_HOME: folder }))).profile.value).toBe("a");
  expect((await resolved(env({ XDG_CONFIG_HOME: "x" }))).profile.value).toBe("embedded");
});

test("the JSON Schema of the file can be dumped", () => {
  expect(configJsonSchema()).toMatchObject({
    type: "object",
    properties: { version: { const: 1 } },
    required: ["version"],
  });
});
