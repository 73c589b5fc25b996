import { demoSeed, type Seed } from "../../seed.ts";
import type { EntryView } from "../view.ts";
import { expectation } from "./expectation.ts";
import type { Origin } from "./index.ts";
import { isJson, loss, masked, target } from "./parts.ts";

/** A text in a template literal, with the token left to a constant. */
const template = (text: string): string =>
  `\`${text
    .replaceAll(/[\\`$]/g, String.raw`\$&`)
    .replaceAll("\r", String.raw`\r`)
    .replaceAll(masked, "${mock.token}")}\``;

const withoutBody = new Set(["GET", "HEAD"]);
const forbidden = new Set(["CONNECT", "TRACE", "TRACK"]);

/** To mesibo all methods are the same; fetch sends no body with some, and others not at all. */
function methodFor({ method, body }: EntryView): string {
  return forbidden.has(method) || (body !== "" && withoutBody.has(method)) ? "POST" : method;
}

/** Why a request cannot be told again; undefined where it can. */
function reasonToSkip(view: EntryView): string | undefined {
  if (view.fault !== undefined) return `Request ${view.n} is left out: a fault was injected, ${view.fault}.`;
  if (view.result === "defect") return `Request ${view.n} is left out: the mock failed on it.`;
  return loss(view);
}

/** A comment ends where JavaScript sees a line end, and a fault's words may hold one. */
const comment = (text: string): string => `// ${text.replaceAll(/[\r\n\u2028\u2029]+/g, " ")}`;

function testCase(view: EntryView): string {
  const skip = reasonToSkip(view);
  if (skip !== undefined) return comment(skip);
  const { n, op, content_type: contentType, body, answer, cut, result } = view;
  const init = [
    `method: ${JSON.stringify(methodFor(view))}`,
    ...(contentType === "" ? [] : [`headers: { "content-type": ${JSON.stringify(contentType)} }`]),
    ...(body === "" ? [] : [`body: ${template(body)}`]),
  ];
  const claim = cut.includes("answer")
    ? `expect((await answer.text()).length).toBeGreaterThan(${answer.length})`
    : isJson(answer)
      ? `expect(await answer.json()).toEqual(${expectation(JSON.parse(answer))})`
      : `expect(await answer.text()).toBe(${JSON.stringify(answer)})`;
  return [
    `test(${JSON.stringify(`${op} is ${result} (request ${n})`)}, async () => {`,
    `  const answer = await mock.fetch(new URL(${template(target(view))}, mock.url).href, {`,
    ...init.map((line) => `    ${line},`),
    "  });",
    `  ${claim};`,
    "});",
  ].join("\n");
}

function preparation(seed: Seed | undefined): { readonly names: string; readonly make: readonly string[] } {
  if (seed === demoSeed)
    return { names: "createMock, demoSeed", make: ["const mock = createMock({ seed: demoSeed });"] };
  const make = ["const mock = createMock();"];
  if (seed === undefined) return { names: "createMock", make };
  return {
    names: "createMock",
    make: ["// The requests came to a world with a seed of its own: give it to createMock.", ...make],
  };
}

/** A test file for vitest that sends requests to a mock of its own, in their order, and expects the same answers. */
export function vitestFile(views: readonly EntryView[], { seed }: Origin): string {
  const { names, make } = preparation(seed);
  const first = views[0]?.n ?? 1;
  return [
    `import { ${names} } from "@mesibo-groups/mock-server";`,
    `import { expect, test } from "vitest";`,
    "",
    ...(first === 1 ? [] : [`// Requests up to ${first - 1} came before these, and may have to come first.`]),
    ...make,
    "",
    views.map(testCase).join("\n\n"),
    "",
  ].join("\n");
}
