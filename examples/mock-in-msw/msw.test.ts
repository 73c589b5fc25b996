import { createClient, MESIBO_URL } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";

// For code that cannot be given a `fetch`: MSW hands what goes to mesibo's own URL to the mock.
const mock = createMock();
const server = setupServer(http.all(MESIBO_URL, ({ request }) => mock.fetch(request)));
beforeAll(() => {
  server.listen();
});
afterAll(() => {
  server.close();
});

test("code that calls mesibo's own URL meets the mock", async () => {
  const { gid } = await createClient({ token: mock.token }).groups.create({ name: "News" });

  expect(mock.world().groups()).toMatchObject([{ gid, name: "News" }]);
});
