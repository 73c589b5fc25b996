import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ErrorKind } from "../../src/index.ts";

const kinds = {
  validation: true,
  refused: true,
  auth: true,
  breach: true,
  latched: true,
  cancelled: true,
  not_sent: true,
  unknown: true,
  protocol: true,
  members: true,
} satisfies Record<ErrorKind, true>;

test("every kind of error has its section in docs/errors.md, and no other has", () => {
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(sections).toEqual(Object.keys(kinds));
});
