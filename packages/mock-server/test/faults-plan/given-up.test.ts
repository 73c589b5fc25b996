import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("a delay that its caller has given up keeps no process", () => {
  const index = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
  const script = `
    const { createMock } = await import(${JSON.stringify(index)});
    const mock = createMock();
    const stop = new AbortController();
    mock.world().faults.set({ rules: [{ effect: "delay", ms: 600_000 }] });
    const asked = mock.fetch(mock.url + "?op=groupadd&token=" + mock.token, { signal: stop.signal });
    setImmediate(() => stop.abort());
    await asked.catch((error) => console.log(error.name));`;
  const flags = [
    "--conditions=@mesibo-groups/source",
    "--disable-warning=ExperimentalWarning",
    "--input-type=module",
  ];
  const ended = spawnSync(process.execPath, [...flags, "-e", script], { encoding: "utf8", timeout: 20_000 });
  expect([ended.status, ended.stderr, ended.stdout]).toEqual([0, "", "AbortError\n"]);
});
