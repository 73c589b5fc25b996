// Hono alone, in its smallest form: no validation, no state but a counter.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { answer, port } from "./groupadd.mjs";

const app = new Hono();
app.get("/backend/", (c) => c.json(answer(c.req.query("op"), c.req.query("token"))));
app.post("/backend/", async (c) => {
  const { op, token } = await c.req.json();
  return c.json(answer(op, token));
});
serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
