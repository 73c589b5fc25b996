import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClient, MesiboError } from "../../src/index.ts";

// A network that may lose, cut or answer anything, in front of a mesibo that counts what it really did.

// Full jitter with the luckiest number: repetitions follow at once.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Weather =
  | "ok"
  | "refuse"
  | "no_connection"
  | "lost_before"
  | "lost_after"
  | "cut"
  | "html"
  | "throttled";
const weathers: readonly Weather[] = [
  "ok",
  "refuse",
  "no_connection",
  "lost_before",
  "lost_after",
  "cut",
  "html",
  "throttled",
];

function network(forecast: readonly Weather[]) {
  let request = 0;
  const truth = { applied: 0, refused: 0, arrivals: 0 };
  const fail = (code: string): never => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  };
  const fetch = (): Promise<Response> => {
    const weather = forecast[Math.min(request, forecast.length - 1)] ?? "ok";
    request += 1;
    if (weather === "no_connection") fail("ECONNREFUSED");
    truth.arrivals += 1;
    if (weather === "lost_before") fail("UND_ERR_SOCKET");
    if (weather === "refuse") {
      truth.refused += 1;
      return Promise.resolve(Response.json({ error: "NO", op: "x", result: false }));
    }
    if (weather === "throttled") return Promise.resolve(new Response("slow down", { status: 429 }));
    truth.applied += 1;
    const text = '{"group":{"gid":7},"op":"x","result":true}';
    if (weather === "lost_after") fail("ECONNRESET");
    if (weather === "html") return Promise.resolve(new Response("<html>", { status: 502 }));
    return Promise.resolve(new Response(weather === "cut" ? text.slice(0, 20) : text));
  };
  return { fetch, truth };
}

const forecasts = fc.array(fc.constantFrom(...weathers), { minLength: 1, maxLength: 4 });

const told = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return "done";
  } catch (error) {
    return error instanceof MesiboError ? error.outcome : "a bug";
  }
};

test("groupadd reaches mesibo at most once, and what is told of it is true, in 3,000 kinds of weather", async () => {
  await fc.assert(
    fc.asyncProperty(forecasts, async (forecast) => {
      const { fetch, truth } = network(forecast);
      const client = createClient({ token: "t", fetch, retries: 3, deadlineMs: 200 });
      const outcome = await told(client.groups.create({ name: "x" }));
      expect(truth.arrivals).toBeLessThanOrEqual(1);
      if (outcome === "done") expect(truth.applied).toBe(1);
      if (outcome === "refused") expect(truth).toEqual({ applied: 0, refused: 1, arrivals: 1 });
      if (outcome === "not_sent") expect(truth.arrivals).toBe(0);
      expect(["done", "refused", "not_sent", "unknown"]).toContain(outcome);
    }),
    { numRuns: 3_000 },
  );
}, 120_000);

test("a change is never told refused or not sent although it was applied", async () => {
  await fc.assert(
    fc.asyncProperty(forecasts, fc.integer({ min: 0, max: 3 }), async (forecast, retries) => {
      const { fetch, truth } = network(forecast);
      const outcome = await told(
        createClient({ token: "t", fetch, retries, deadlineMs: 100 }).groups.delete(7),
      );
      if (outcome === "done") expect(truth.applied).toBeGreaterThan(0);
      if (outcome === "refused") expect(truth.applied).toBe(0);
      if (outcome === "not_sent") expect(truth.arrivals).toBe(0);
      expect(["done", "refused", "not_sent", "unknown"]).toContain(outcome);
    }),
    { numRuns: 500 },
  );
}, 120_000);
