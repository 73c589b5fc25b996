// A service of one's own in vercel-labs' emulate: the same work as the others, by its framework.
import { createEmulator, defineEmulator } from "emulate";
import { answer, port } from "./groupadd.mjs";

const mesibo = defineEmulator({
  name: "mesibo",
  state: () => ({}),
  setup({ app }) {
    app.get("/backend/", (c) => c.json(answer(c.req.query("op"), c.req.query("token"))));
    app.post("/backend/", async (c) => {
      const { op, token } = await c.req.json();
      return c.json(answer(op, token));
    });
  },
});
await createEmulator({ service: mesibo, port });
