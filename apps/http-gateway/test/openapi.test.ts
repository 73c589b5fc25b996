import { expect, test } from "vitest";
import { calls } from "./support/calls.ts";
import { operationsOf, readDocument } from "./support/document.ts";
import { gatewayOverMock } from "./support/gateway.ts";

const document = await readDocument();
const operations = operationsOf(document);
const nameOf = ({ method, path }: { readonly method: string; readonly path: string }) => `${method} ${path}`;

test("the committed openapi.json is the one that the gateway answers (vitest run --update writes it)", async () => {
  expect(document.openapi).toBe("3.1.0");
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot("../openapi.json");
});

test("every documented operation has a good request in these tests, and there is no other", () => {
  expect(operations.map(nameOf).toSorted()).toEqual(Object.keys(calls).toSorted());
});

test.each(Object.entries(calls))("%s answers, with a documented status", async (name, call) => {
  const { ask } = gatewayOverMock();
  const operation = operations.find((documented) => nameOf(documented) === name)?.operation;
  expect((await ask(call.path, call)).status).toBe(call.status);
  expect(Object.keys(operation?.responses ?? {})).toContain(String(call.status));
});

test("the router has no route that is not documented", async () => {
  const routed = (await gatewayOverMock().routes())
    .filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect([...new Set(routed)].toSorted()).toEqual(operations.map(nameOf).toSorted());
});

test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "%s is refused with Allow on every path that does not document it",
  async (method) => {
    const { ask } = gatewayOverMock();
    for (const [path, documented] of Object.entries(document.paths)) {
      const methods = Object.keys(documented).map((name) => name.toUpperCase());
      const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
      if (allow.includes(method)) continue;
      const answer = await ask(path.replaceAll(/\{\w+\}/g, "1"), { method });
      expect({ path, status: answer.status, allow: answer.headers.get("allow") }).toEqual({
        path,
        status: 405,
        allow: allow.join(", "),
      });
    }
  },
);

test("every response of every operation has a schema, and every problem an example", () => {
  for (const documented of operations) {
    for (const [status, response] of Object.entries(documented.operation.responses)) {
      if (["204", "304"].includes(status)) continue;
      const { content } = response as { content: Record<string, { examples?: object; schema?: object }> };
      const isProblem = "application/problem+json" in content;
      for (const { examples = {}, schema } of Object.values(content)) {
        const where = `${nameOf(documented)} ${status}`;
        const found = { where, schema: schema !== undefined, examples: Object.keys(examples).length > 0 };
        expect(found).toEqual({ where, schema: true, examples: isProblem });
      }
    }
  }
});

test("every operation has a name of its own, for generated clients", () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(operations.length);
  expect(names).not.toContain(undefined);
});

test("every reference in the document leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = ""]) => path,
  );
  const found = (path: string): unknown =>
    path.split("/").reduce<unknown>((node, key) => Reflect.get(Object(node), key), document);
  expect(references.length).toBeGreaterThan(50);
  expect([...new Set(references)].filter((path) => found(path) === undefined)).toEqual([]);
});
