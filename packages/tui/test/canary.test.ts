import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { CANARY } from "./support/app.ts";
import { hasTmux, openTerminal, slow } from "./support/pty.ts";
import { wander, type Traces } from "./support/wander.ts";
import type { Fetch } from "./support/fetch.ts";

/** Servers and networks that say the token again, in every place where they say anything. */
const echoes: readonly (() => Response)[] = [
  () => Response.json({ result: false, error: `BADTOKEN ${CANARY}`, code: 400, cause: CANARY }),
  () => Response.json({ result: false, error: "LIMIT", code: 429, properties: [CANARY], token: CANARY }),
  () => new Response(`<html>?token=${CANARY}</html>`, { status: 502 }),
  () => {
    throw new TypeError(`fetch failed for ?token=${CANARY}`, { cause: new Error(CANARY) });
  },
];

const echoing = (fetch: Fetch): Fetch => {
  let calls = 0;
  return async (url, init) => {
    calls += 1;
    return calls % 4 === 0 ? (echoes[(calls / 4) % echoes.length]?.() ?? fetch(url, init)) : fetch(url, init);
  };
};

const walks: Traces[] = [];

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(
    `the app token is in no frame, file, copy, record or text for a program of walk ${seed}`,
    slow,
    async () => {
      const traces = await wander({ seed, length: 80, wire: echoing });
      const { screen, copied, handed, files, known } = traces;
      walks.push(traces);
      expect(screen.raw()).not.toContain(CANARY);
      expect(copied.join("\n")).not.toContain(CANARY);
      expect(handed.join("\n")).not.toContain(CANARY);
      expect([...files.keys(), ...files.values()].join("\n")).not.toContain(CANARY);
      expect(known).not.toContain(CANARY);
    },
  );
}

test("the walks went far: they made files of each sort, copied, and saw most of the application", () => {
  const endings = new Set(
    walks.flatMap(({ files }) => [...files.keys()].map((path) => path.split(".").at(-1))),
  );
  expect([...endings]).toEqual(expect.arrayContaining(["har", "sh", "csv", "json"]));
  expect(walks.flatMap(({ copied }) => copied).length).toBeGreaterThan(5);
  expect(walks.flatMap(({ handed }) => handed).length).toBeGreaterThan(5);
  // The servers did say it.
  const told = walks.map(({ known }) => known).join("\n");
  expect(["?token=[redacted]", "$MESIBO_APP_TOKEN"].filter((masked) => !told.includes(masked))).toEqual([]);
  expect(new Set(walks.flatMap(({ focuses }) => [...focuses])).size).toBeGreaterThan(18);
});

test.runIf(hasTmux)("the app token is not in what a crash leaves on the terminal", slow, async () => {
  const server = await startMock({ seed: demoSeed, tokens: [CANARY] });
  onTestFinished(() => server.close());
  const crash = `data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("on purpose")})`;
  const { keys, shows, pid, raw } = await openTerminal({
    env: { MESIBO_URL: server.url, MESIBO_APP_TOKEN: CANARY },
    nodeArgs: ["--import", crash],
  });
  await shows("Groups 4 of 4");
  keys("2");
  await shows("› calls");
  process.kill(pid(), "SIGUSR2");
  await shows(/ended [1-9]/);
  expect(raw()).toContain("on purpose");
  expect(raw()).not.toContain(CANARY);
});
