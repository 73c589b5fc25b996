import { mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_CHARACTERS } from "../src/bulk/limits.ts";
import { saveNew } from "../src/desk/save.ts";
import { readListFile } from "../src/files.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mesibo-groups-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const put = (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(directory, name), content);

describe("a list in a file", () => {
  test("is read from the working directory, or by its whole path, without its byte order mark", async () => {
    await put("list.csv", "\ufeffaddress\nalice\n");
    const read = { ok: true, text: "address\nalice\n" };
    expect(await readListFile("list.csv", directory)).toEqual(read);
    expect(await readListFile(join(directory, "list.csv"), "/")).toEqual(read);
  });

  test("that is not there is named", async () => {
    expect(await readListFile("nosuch.csv", directory)).toEqual({
      ok: false,
      reason: "nosuch.csv cannot be read: there is no such file.",
    });
  });

  test("has to be a file: a directory or a device is refused", async () => {
    for (const path of [".", "/dev/zero"]) {
      expect(await readListFile(path, directory)).toEqual({
        ok: false,
        reason: `${path} is no file. Name a CSV or text file.`,
      });
    }
  });

  test("over the limit is refused before it is read", async () => {
    await put("big.csv", "");
    await truncate(join(directory, "big.csv"), MAX_CHARACTERS + 1);
    expect(await readListFile("big.csv", directory)).toEqual({
      ok: false,
      reason:
        "big.csv has 16,000,001 bytes, over the limit of 16,000,000. Split it, and add the parts one after the other.",
    });
  });

  test.each([
    ["UTF-16", Buffer.from("\ufeffalice", "utf16le")],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff])],
    ["text with NUL in it", Buffer.from("alice\0bob")],
  ])("that is %s is no text, and nothing of it is shown", async (_, content) => {
    await put("odd.csv", content);
    expect(await readListFile("odd.csv", directory)).toEqual({
      ok: false,
      reason: "odd.csv is no text in UTF-8. Save it as CSV in UTF-8 and name it again.",
    });
  });
});

describe("a new file", () => {
  const save = (text: string) => saveNew(directory, { name: "failures.csv", text });

  test("is for its owner's eyes only", async () => {
    expect(await save("a\n")).toEqual({ ok: true, path: join(directory, "failures.csv") });
    expect(await readFile(join(directory, "failures.csv"), "utf8")).toBe("a\n");
    expect(((await stat(join(directory, "failures.csv"))).mode & 0o777).toString(8)).toBe("600");
  });

  test("never takes the place of another, nor goes where a link leads", async () => {
    await put("failures.csv", "mine");
    await symlink(join(directory, "elsewhere"), join(directory, "failures-2.csv"));
    expect(await save("a\n")).toEqual({ ok: true, path: join(directory, "failures-3.csv") });
    expect(await readFile(join(directory, "failures.csv"), "utf8")).toBe("mine");
    expect((await readdir(directory)).toSorted()).toEqual([
      "failures-2.csv",
      "failures-3.csv",
      "failures.csv",
    ]);
  });

  test("that cannot be written says where and why", async () => {
    const gone = join(directory, "gone");
    expect(await saveNew(gone, { name: "failures.csv", text: "" })).toEqual({
      ok: false,
      reason: `${gone}/failures.csv could not be written: there is no such file. Start the app in a directory that you may write to.`,
    });
  });
});
