import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { isVariableName } from "../src/config-table.ts";

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), "utf8");

/** Set for others than the gateway. */
const foreign = /^(?:NODE_ENV|POSTGRES_\w+)$/;

test.each([
  ["deploy/mesibo-gateway.service", /(?<=^Environment=.*)\b([A-Z][A-Z_]+)(?==)/gm],
  ["deploy/Containerfile", /(?<=^ENV .*)\b([A-Z][A-Z_]+)(?==)/gm],
  ["deploy/compose.yaml", /^ {6}([A-Z][A-Z_]+)(?=:)/gm],
  ["deploy/compose.postgres.yaml", /^ {6}([A-Z][A-Z_]+)(?=:)/gm],
])("%s sets variables that the gateway reads", async (path, pattern) => {
  const names = [...(await read(path)).matchAll(pattern)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(1);
  const unknown = names.filter((name) => !isVariableName(name.replace(/_FILE$/, "")) && !foreign.test(name));
  expect(unknown).toEqual([]);
});

test("the deployment page leads to files that are there", async () => {
  const page = await read("docs/deployment.md");
  const links = [...page.matchAll(/\]\(\.\.\/([\w./-]+)/g)].map(([, path = ""]) => path);
  expect(links).toContain("deploy/Containerfile");
  for (const link of links) expect((await read(link)).length).toBeGreaterThan(0);
});

test("the deployment page names metrics that exist", async () => {
  const page = await read("docs/deployment.md");
  const code = await read("apps/http-gateway/src/metrics/metrics.ts");
  const names = new Set([...page.matchAll(/\bgateway_\w+/g)].map(([name]) => name));
  expect(names.size).toBeGreaterThan(2);
  for (const name of names) expect(code).toContain(`"${name}"`);
});
