// Express with its JSON body parser.
import express from "express";
import { answer, port } from "./groupadd.mjs";

const app = express();
app.get("/backend/", ({ query }, response) => {
  response.json(answer(query.op, query.token));
});
app.post("/backend/", express.json(), ({ body }, response) => {
  response.json(answer(body.op, body.token));
});
app.listen(port, "127.0.0.1");
