// MSW's handlers as a server. Version 2, because its middleware breaks on 3.
import { createServer } from "@mswjs/http-middleware";
import { http, HttpResponse } from "msw";
import { answer, port } from "./groupadd.mjs";

createServer(
  http.get("/backend/", ({ request }) => {
    const { searchParams } = new URL(request.url);
    return HttpResponse.json(answer(searchParams.get("op"), searchParams.get("token")));
  }),
  http.post("/backend/", async ({ request }) => {
    const { op, token } = await request.json();
    return HttpResponse.json(answer(op, token));
  }),
).listen(port, "127.0.0.1");
