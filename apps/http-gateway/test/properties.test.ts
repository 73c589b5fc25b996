import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeFlags, normalFlags, withFlags } from "@mesibo-groups/core";
import { importAll } from "../src/operations/kinds/import-groups.ts";
import { UNKNOWN_ID } from "./support/calls.ts";
import { operationsOf, readDocument } from "./support/document.ts";
import { gatewayOverMock } from "./support/gateway.ts";

const document = await readDocument();

const flags = fc.record(
  {
    send: fc.constantFrom("members", "selected", "anyone"),
    receive: fc.constantFrom("members", "selected", "in_turn"),
    store: fc.boolean(),
    loopback: fc.boolean(),
    other: fc.nat(0x7fff_ffff).map((bits) => (bits & ~0xf7) >>> 0),
  },
  { requiredKeys: [] },
);
const seconds = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const settings = {
  flags,
  expires_in_seconds: seconds,
  expiry_extension_seconds: seconds,
  active: fc.boolean(),
};
const name = fc.string({ minLength: 1, unit: "grapheme" });
const group = fc.record({ name, ...settings }, { requiredKeys: ["name"] });
const change = fc.record({ name, ...settings }, { requiredKeys: [] });

describe("bodies that are valid", () => {
  test("create groups that read back as they were asked for", async () => {
    const { ask } = gatewayOverMock();
    await fc.assert(
      fc.asyncProperty(group, async (body) => {
        const created = await ask("/v1/groups", { method: "POST", body });
        expect(created.status).toBe(201);
        const { flags: fields = {}, expires_in_seconds: _, ...rest } = body;
        expect(created.json).toMatchObject({ ...rest, flag: encodeFlags(withFlags(normalFlags, fields)) });
        const read = await ask(created.headers.get("location") ?? "");
        expect(read.json).toEqual(created.json);
      }),
      { numRuns: 200 },
    );
  });

  test("change what they name, and nothing else", async () => {
    const { ask } = gatewayOverMock();
    await fc.assert(
      fc.asyncProperty(change, async (body) => {
        const before = (await ask("/v1/groups/102529")).json as { flags: object };
        const changed = await ask("/v1/groups/102529", { method: "PATCH", body });
        expect(changed.status).toBe(200);
        const { flags: fields, expires_in_seconds: _, ...rest } = body;
        expect(changed.json).toMatchObject({ ...rest, flags: { ...before.flags, ...fields } });
        for (const key of ["name", "active", "expiry_extension_seconds"]) {
          if (key in body) continue;
          expect(Reflect.get(changed.json as object, key)).toEqual(Reflect.get(before, key));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("requests that may be anything", () => {
  const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
  const member = JSON.stringify({ permissions });
  const weird = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "name",
        "flags",
        "flag",
        "active",
        "expires_in_seconds",
        "permissions",
        "__proto__",
        "x",
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), flags, fc.integer(), fc.string({ unit: "binary" })),
    ),
  );
  const body = fc.oneof(
    weird.map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary" }),
    group.map((value) => JSON.stringify(value)),
    fc.constant(member),
  );
  const text = fc
    .string({ unit: "binary", minLength: 1 })
    .map((value) => encodeURIComponent(value.toWellFormed()));
  const gid = fc.oneof(fc.constantFrom("102529", "102530", "99", "4294967295"), fc.nat().map(String), text);
  const address = fc.oneof(fc.constantFrom("alice", "bob", "carol", "nobody", "dave%2Fops"), text);
  const value = fc.oneof(fc.nat(0xffff_ffff).map(String), fc.constantFrom("restricted", "0x91"), text);
  const query = fc.oneof(
    fc.constant(""),
    text.map((written) => `?filter[name]=${written}`),
    text.map((written) => `?limit=${written}`),
    fc.nat(2000).map((count) => `?limit=${count}`),
    text.map((written) => `?${written}`),
  );
  const operations = operationsOf(document).filter(({ path }) => path.startsWith("/v1"));
  const operation = fc.constantFrom(...operations);
  const id = fc.oneof(fc.constant(UNKNOWN_ID), text);
  const common = { id: UNKNOWN_ID, body: member, gid: "102529", address: "nobody", value: "1", query: "" };
  // One of each kind, whatever the generator comes to.
  const examples = operations.flatMap((documented) => [
    { ...common, operation: documented },
    { ...common, operation: documented, body: JSON.stringify({ gids: [102529, 99] }) },
    { ...common, operation: documented, body: '{"outcome":"did_not_happen"}' },
    { ...common, operation: documented, body: '{"outcome":"did_not_happen"}' },
    { ...common, operation: documented, gid: "99", body: JSON.stringify({ name: "x" }) },
  ]);

  test("get a documented status, and never one of ours", async () => {
    const { ask, mock, engine } = gatewayOverMock();
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({ operation, body, gid, address, value, query, id }),
        async ({ operation: { method, path, operation: documented }, ...parts }) => {
          const filled = path
            .replace("{gid}", () => parts.gid)
            .replace("{address}", () => parts.address)
            .replace("{value}", () => parts.value)
            .replace("{id}", () => parts.id);
          // A dot segment is another path before it ever reaches the gateway.
          fc.pre(!/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(filled));
          // Each request meets the same groups, so that a counterexample stands by itself.
          mock.reset();
          await importAll(await engine());
          const hasBody = ["POST", "PUT", "PATCH"].includes(method);
          // A stream that follows would have no end.
          const asked = path === "/v1/events" ? `?follow=false&${parts.query.slice(1)}` : parts.query;
          const answer = await ask(`${filled}${asked}`, {
            method,
            body: hasBody ? parts.body : undefined,
          });
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expect(Object.keys(documented.responses)).toContain(String(answer.status));
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 2000, examples: examples.map((example) => [example]) },
    );
    // The generator reaches good and bad requests alike.
    expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([200, 201, 204, 207, 400, 404, 409, 422]);
  });
});
