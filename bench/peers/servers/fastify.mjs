// Fastify with the schemas that make it fast.
import Fastify from "fastify";
import { answer, port } from "./groupadd.mjs";

const text = { type: "string" };
const response = {
  200: {
    type: "object",
    properties: {
      error: text,
      group: { type: "object", properties: { gid: { type: "integer" } } },
      op: text,
      result: { type: "boolean" },
    },
  },
};
const parameters = { type: "object", required: ["op", "token"], properties: { op: text, token: text } };

const app = Fastify();
app.get("/backend/", { schema: { querystring: parameters, response } }, async ({ query }) =>
  answer(query.op, query.token),
);
app.post("/backend/", { schema: { body: parameters, response } }, async ({ body }) =>
  answer(body.op, body.token),
);
await app.listen({ port, host: "127.0.0.1" });
