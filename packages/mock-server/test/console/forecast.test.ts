import { beforeEach, expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { demoSeed } from "../../src/seed.ts";
import { openConsole, type Console } from "./console.ts";

const TEAM = "102531";
/** Anyone may send to it. */
const LOBBY = "102532";

let mock: Mock;
let console: Console;

beforeEach(async () => {
  mock = createMock({ seed: demoSeed });
  console = await openConsole(mock);
});

const message = (fields: Record<string, string>): Record<string, string> => ({
  from: "alice@example.com",
  gid: TEAM,
  to: "",
  text: "Hello",
  ...fields,
});

async function foreseen(fields: Record<string, string>): Promise<string> {
  const { text } = await console.get(`/messages?${new URLSearchParams({ ask: "1", ...fields }).toString()}`);
  return /If it were sent now (.*)/.exec(text)?.[1] ?? "";
}

async function sent(fields: Record<string, string>) {
  const { status } = await console.submit("/messages", { do: "send", ...fields });
  return {
    status,
    deliveries: mock
      .world()
      .deliveries()
      .map(({ to, state }) => ({ to, state })),
  };
}

test("of who is no user says that it would be refused, as it then is", async () => {
  const ghost = message({ from: "ghost", gid: LOBBY });
  expect(await foreseen(ghost)).toMatch(/^Nobody: it would be refused with BADUSER\. .* ghost/);
  expect(await sent(ghost)).toEqual({ status: 422, deliveries: [] });
});

test("of who is no user yet, with forced, says who would get it, and makes nobody", async () => {
  const before = mock.world().snapshot();
  expect(await foreseen(message({ from: "ghost", to: "new", gid: "", forced: "1" }))).toMatch(
    /^new would get it once they are online\./,
  );
  expect(mock.world().snapshot()).toEqual(before);
  expect(mock.world().requests()).toEqual([]);
});

test("trims as the send does", async () => {
  const spaced = message({ from: " alice@example.com" });
  expect(await foreseen(spaced)).toMatch(/^bob@example\.com .*would get it once they are online\./);
  expect((await sent(spaced)).status).toBe(303);
});

test("of a transient message says who is online for it, and who would lose it", async () => {
  const transient = message({ transient: "1", gid: "", to: "bob@example.com,carol@example.com" });
  mock.world().setOnline("carol@example.com", true);
  expect(await foreseen(transient)).toMatch(
    /^carol@example\.com would get it\. bob@example\.com would lose it: they are offline, and it is not stored\./,
  );
  expect((await sent(transient)).deliveries).toEqual([
    { to: "bob@example.com", state: "lost" },
    { to: "carol@example.com", state: "delivered" },
  ]);
});

test("of what cannot be sent says why", async () => {
  expect(await foreseen(message({ gid: "Team" }))).toMatch(/^Nobody: it could not be sent\. gid must be/);
  expect(await foreseen(message({ gid: "" }))).toMatch(
    /^Nobody: it would be refused with MISSINGPARA\. .*to or gid/,
  );
});

test("needs no text yet", async () => {
  expect(await foreseen(message({ text: "" }))).toMatch(/would get it once they are online\./);
});
