import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { problemNames } from "../src/problem-types.ts";
import { operationsOf, readDocument } from "./support/document.ts";
import { gatewayOverMock } from "./support/gateway.ts";

const document = await readDocument();

test("the page shows every documented operation and every schema it leads to", async () => {
  const { text, headers } = await gatewayOverMock().ask("/docs", { headers: { authorization: "" } });
  expect(headers.get("content-type")).toMatch(/^text\/html/);
  for (const { method, path } of operationsOf(document))
    expect(text).toContain(`<code>${method} ${path}</code>`);
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
});

test("the page asks nobody for anything, and its policy allows its own style alone", async () => {
  const { text, headers } = await gatewayOverMock().ask("/docs");
  expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|(?:src|href)="(?!\/openapi\.json"|#)/);
  const [, style = ""] = /<style>([^<]+)<\/style>/.exec(text) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  expect(headers.get("content-security-policy")).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(headers.get("x-frame-options")).toBe("DENY");
});

test("DOCS=0 leaves no page, and none in the document", async () => {
  const { ask } = gatewayOverMock({}, { operations: { docs: false } });
  expect((await ask("/docs")).status).toBe(404);
  expect((await ask("/openapi.json")).text).not.toContain('"/docs"');
});

test.each(problemNames)("the problem %s has a page at its type", async (name) => {
  const { status, text } = await gatewayOverMock().ask(`/problems/${name}`, {
    headers: { accept: "text/html" },
  });
  expect([status, text.startsWith("<!doctype html>")]).toEqual([200, true]);
});
