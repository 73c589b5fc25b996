import { createClient, MESIBO_URL } from "@mesibo-groups/core";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMock } from "../src/index.ts";

const mock = createMock();
const server = setupServer(http.all(MESIBO_URL, ({ request }) => mock.fetch(request)));
beforeAll(() => {
  server.listen({ onUnhandledFrame: "error" });
});
afterAll(() => {
  server.close();
});

test("MSW can hand mesibo's own URL to the mock, and nothing leaves this process", async () => {
  const client = createClient({ token: mock.token });
  const { gid } = await client.groups.create({ name: "News" });
  expect(mock.world().groups()).toMatchObject([{ gid, name: "News" }]);
  await expect(client.groups.delete(5)).rejects.toMatchObject({ refusal: { error: "BADGROUP" } });
});
