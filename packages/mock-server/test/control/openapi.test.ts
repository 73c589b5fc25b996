import { Validator } from "@seriousme/openapi-schema-validator";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { createMock, demoSeed, type Mock } from "../../src/index.ts";
import { noBody } from "../../src/control/route.ts";
import { routes } from "../../src/control/routes/index.ts";
import { everyRoute, type Asked } from "../support/calls.ts";
import { control, type ControlAnswer } from "../support/control.ts";

interface Content {
  readonly schema?: object;
}

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
}

const T = "mock-app-token";
const read = async (): Promise<Document> =>
  (await control(createMock(), "GET", "/openapi.json")).json as Document;

let document: Document;
const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
beforeAll(async () => {
  document = await read();
});

/** The schema that the document has for an answer; a problem for every status that is a failure. */
function documented({ route }: Asked, { status, headers }: ControlAnswer): object | undefined {
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  const answer = document.paths[route.path]?.[route.method]?.responses[String(status)];
  expect(answer, `${route.id} documents ${status}`).toBeDefined();
  if (status === 204) return undefined;
  expect(Object.keys(answer?.content ?? {}), `${route.id} ${status}`).toContain(type);
  return answer?.content?.[type]?.schema;
}

function faults(asked: Asked, answer: ControlAnswer): unknown {
  const schema = documented(asked, answer);
  if (answer.status === 204) return answer.text === "" ? null : answer.text;
  if (schema === undefined) return "no schema";
  const { $ref } = schema as { readonly $ref?: string };
  const validate = ajv.compile(
    $ref === "#/components/schemas/Problem" ? document.components.schemas.Problem : schema,
  );
  return validate(answer.json ?? answer.text) ? null : validate.errors;
}

/** A world in which every route has something to tell. */
async function busy(): Promise<Mock> {
  const mock = createMock({ seed: demoSeed });
  for (const query of [
    "op=groupadd&expiry=50&nmae=x&flags=3",
    "op=groupdel&gid=5",
    "op=getmembers&gid=102529",
    "op=message&from=alice%40example.com&gid=102529&msg=hello",
    "op=message&from=alice%40example.com&to=bob%40example.com&msg=hello",
    "op=useradd&addr=someone&appid=a",
  ])
    await mock.fetch(`${mock.url}?token=${T}&${query}`, {});
  await mock.fetch(`${mock.url}?op=groupadd`, {});
  return mock;
}

describe("the document", () => {
  test("is valid OpenAPI 3.1", async () => {
    expect(document.openapi).toBe("3.1.0");
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  test("is the committed openapi.json (vitest run test/control/openapi.test.ts --update writes it)", async () => {
    await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot("../../openapi.json");
  });

  test("has every route and no other, each with a name of its own", () => {
    const all = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(all.toSorted()).toEqual(
      routes.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted(),
    );
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  });

  test("has a schema for every answer but the empty one", () => {
    for (const operations of Object.values(document.paths)) {
      for (const { operationId, responses } of Object.values(operations)) {
        for (const [status, { content = {} }] of Object.entries(responses)) {
          const schemas = Object.values(content).map(({ schema }) => typeof schema);
          const where = `${operationId} ${status}`;
          expect([where, schemas.length > 0, schemas.includes("undefined")]).toEqual([
            where,
            status !== "204",
            false,
          ]);
        }
      }
    }
  });
});

describe("every answer is as documented", () => {
  const asked = everyRoute(T, "somebody").map((one) => [one.id, one] as const);

  test.each(asked)("%s, when it is done", async (_, one) => {
    const answer = await control(await busy(), one.method, one.path, one.body);
    expect(answer.status).toBeLessThan(300);
    expect(faults(one, answer)).toBeNull();
    expect(answer.headers.get("x-mock-instance")).toMatch(/^[\da-f-]{36}$/);
  });

  test.each(asked)("%s in an empty world", async (_, one) => {
    const answer = await control(createMock(), one.method, one.path, one.body);
    expect(faults(one, answer)).toBeNull();
  });

  test.each(asked)("%s, refused for its query", async (_, one) => {
    const path = `${one.path}${one.path.includes("?") ? "&" : "?"}nonsense=1`;
    const answer = await control(await busy(), one.method, path, one.body);
    expect(answer).toMatchObject({
      status: 400,
      json: {
        type: "urn:mesibo-mock:problem:validation",
        title: "The request has fields that cannot be taken",
        status: 400,
        detail: 'query: Unrecognized key: "nonsense".',
      },
    });
    expect(faults(one, answer)).toBeNull();
  });

  test.each(asked.filter(([, { path }]) => path.includes(T)))(
    "%s of a token that is not known",
    async (_, one) => {
      const answer = await control(createMock({ tokens: ["another"] }), one.method, one.path, one.body);
      if (one.id === "deleteWorld") expect(answer.status).toBe(204);
      else
        expect(answer).toMatchObject({
          status: 404,
          json: { type: "urn:mesibo-mock:problem:unknown-token" },
        });
      expect(faults(one, answer)).toBeNull();
    },
  );

  const withBody = asked.filter(([, { route }]) => route.body !== noBody);
  test.each(withBody)("%s, refused for its body", async (_, one) => {
    // An object that is no snapshot is refused as one, with 422.
    const objects = ["putSnapshot", "diffSnapshot"].includes(one.id) ? [] : [{ nonsense: [{}] }];
    for (const body of [[[]], 5, "text", null, ...objects]) {
      const answer = await control(await busy(), one.method, one.path, body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.json).toMatchObject({ type: "urn:mesibo-mock:problem:validation" });
      expect(faults(one, answer)).toBeNull();
    }
  });

  test.each(["curl", "har", "vitest"])("the export as %s", async (as) => {
    for (const id of ["listRequests", "getRequest"]) {
      const one = asked.find(([name]) => name === id)?.[1];
      if (one === undefined) throw new Error(id);
      const [path = ""] = one.path.split("?");
      const answer = await control(await busy(), "GET", `${path}?as=${as}`);
      expect(answer.status).toBe(200);
      documented(one, answer);
    }
  });
});
