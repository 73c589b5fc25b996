import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "../../src/conform/cases/index.ts";
import { conform } from "../../src/conform/cli.ts";
import { summarise } from "../../src/conform/report.ts";
import { runCase, type CaseReport, type Target } from "../../src/conform/run.ts";
import { untested } from "../../src/conform/untested.ts";
import { fidelity } from "../../src/fidelity.ts";
import { createMock, startMock, type RunningMock } from "../../src/index.ts";

const CANARY = "canary4711tokenthatmustneverbeseen";
const SOMEWHERE = "http://127.0.0.1:9/backend/";
const ids = fidelity.flatMap(({ behaviours }) => behaviours.map(({ id }) => id));

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ tokens: [CANARY] });
});
afterAll(() => mock.close());

const targetOf = (change: (text: string) => string = (text) => text): Target => ({
  token: CANARY,
  fetch: async (url, init) => {
    const answer = await fetch(url, init);
    return new Response(change(await answer.text()), { status: answer.status });
  },
  urls: { v1: new URL("/api.php", mock.url).href, v2: mock.url },
  pauseMs: 0,
});

async function runAll(target: Target, only = cases): Promise<readonly CaseReport[]> {
  const reports: CaseReport[] = [];
  for (const [index, each] of only.entries()) reports.push(await runCase(target, each, `conform-t${index}-`));
  return reports;
}

describe("the cases", () => {
  test("show behaviours of the fidelity table, and every other one says why it has none", () => {
    const shown = new Set(cases.flatMap(({ steps }) => steps.flatMap(({ shows }) => shows)));
    expect([...shown].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !shown.has(id) && untested[id] === undefined)).toEqual([]);
    expect(Object.keys(untested).filter((id) => shown.has(id) || !ids.includes(id))).toEqual([]);
  });

  test("have ids of their own", () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});

describe("the mock passes every case, and nothing is left of it", () => {
  test("in this process", async () => {
    const inside = createMock({ tokens: [CANARY] });
    const urls = { v1: new URL("/api.php", inside.url).href, v2: inside.url };
    const reports = await runAll({ token: CANARY, fetch: inside.fetch, urls, pauseMs: 0 });
    expect(reports.filter(({ result }) => result !== "passed")).toEqual([]);
    expect(reports.flatMap(({ left }) => left)).toEqual([]);
    expect([inside.world().users(), inside.world().groups()]).toEqual([[], []]);
  });

  test("over a socket, in a world where others are too", async () => {
    await fetch(`${mock.url}?op=useradd&token=${CANARY}&addr=other`);
    await fetch(`${mock.url}?op=groupadd&token=${CANARY}&name=other&m=other`);
    const reports = await runAll(targetOf());
    expect(reports.filter(({ result }) => result !== "passed")).toEqual([]);
    expect(mock.world().users()).toEqual(["other"]);
    expect(mock.world().groups()).toHaveLength(1);
  });
});

describe("a mesibo that behaves in another way", () => {
  const only = (...wanted: readonly string[]) => cases.filter(({ id }) => wanted.includes(id));

  test("is refuted at that behaviour, with what was expected and what came", async () => {
    const target = targetOf((text) =>
      text.replace('"error":"BADGROUP","code":404', '"error":"NOGROUP","code":400'),
    );
    const [report] = await runAll(target, only("gid"));
    expect(report).toMatchObject({
      result: "differs",
      refuted: ["refusal_group"],
      steps: [
        {
          step: 3,
          differences: [
            { field: "error", expected: "BADGROUP", got: "NOGROUP" },
            { field: "code", expected: 404, got: 400 },
          ],
        },
      ],
    });
  });

  test("with numbers as text is told so", async () => {
    const target = targetOf((text) => text.replaceAll(/"uid":(\d+)/g, '"uid":"$1"'));
    const [report] = await runAll(target, only("known-user"));
    expect(report?.steps[0]?.differences).toEqual([
      { field: "user.uid", expected: "<uid1>", got: "<uid1> as text" },
    ]);
  });

  test("that does not do what a case rests on leaves its behaviours open", async () => {
    const target = targetOf((text) => (text.includes('"op":"groupadd"') ? '{"result":false}' : text));
    const reports = await runAll(target, only("twins"));
    expect(reports[0]?.result).toBe("not_prepared");
    const twins = summarise("it", reports).behaviours.find(({ id }) => id === "twins");
    expect(twins?.verdict).toBe("not_tested");
  });

  test("without /api.php is not blamed for it", async () => {
    const target = { ...targetOf(), urls: { v1: undefined, v2: mock.url } };
    expect((await runAll(target, only("api-php")))[0]).toMatchObject({ result: "not_there", refuted: [] });
  });

  test("that will not have its users removed is told what is left behind", async () => {
    const target = targetOf((text) => (text.includes('"op":"userdel"') ? '{"result":false}' : text));
    expect((await runAll(target, only("forced")))[0]?.left).toEqual([
      "user conform-t0-new",
      "user conform-t0-other",
    ]);
  });
});

describe("what a case leaves", () => {
  const cutOff = (after: number, error: string): { readonly target: Target; readonly asked: string[] } => {
    const asked: string[] = [];
    const inside = createMock();
    const urls = { v1: new URL("/api.php", inside.url).href, v2: inside.url };
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      const body = typeof init.body === "string" ? init.body : "";
      asked.push(
        new URLSearchParams(new URL(url).search).get("op") ?? /"op":"(\w+)"/.exec(body)?.[1] ?? body,
      );
      return asked.length > after ? Response.json({ error, result: false }) : inside.fetch(url, init);
    };
    return { target: { token: CANARY, fetch, urls, pauseMs: 0 }, asked };
  };

  test.each(["TOKENBREACH", "AUTHFAIL"])(
    "is only listed after %s, and no further call is made",
    async (error) => {
      const { target, asked } = cutOff(1, error);
      const [report] = await runAll(
        target,
        cases.filter(({ id }) => id === "twins"),
      );
      expect(report).toMatchObject({ result: "stopped" });
      expect(asked).toHaveLength(2);
      expect(report?.left.length).toBeGreaterThan(0);
    },
  );

  test("names users alone that were made: no groups, and nobody who was refused", async () => {
    const { target, asked } = cutOff(0, "AUTHFAIL");
    const reports = await runAll(target);
    expect(reports.flatMap(({ left }) => left)).toEqual([]);
    expect(asked.filter((op) => op === "userdel")).toEqual([]);
  });
});

test.each(["a+b-token&c=%41", 'quo"te\\token', "group"])(
  "every case is passed with the token %s, however it is spelled",
  async (token) => {
    const inside = createMock({ tokens: [token] });
    const urls = { v1: new URL("/api.php", inside.url).href, v2: inside.url };
    const reports = await runAll({ token, fetch: inside.fetch, urls, pauseMs: 0 });
    expect(reports.filter(({ result }) => result !== "passed")).toEqual([]);
  },
);

describe("mesibo-mock conform", () => {
  const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    let [out, err] = ["", ""];
    const output = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const code = await conform(args, env, output);
    return { code, out, err };
  };

  test("ends with 0 against a mock, with a report for programs that never names the token", async () => {
    const { code, out, err } = await run(
      ["--url", mock.url, "--json", "--only", "gid", "--only", "api-php"],
      {
        MESIBO_APP_TOKEN: CANARY,
      },
    );
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({ v: 1, ok: true, left: [], target: new URL(mock.url).host });
    expect(out).not.toContain(CANARY);
  });

  test("ends with 3 where the token is refused, after one request", async () => {
    const { code, out } = await run(["--url", mock.url], { MESIBO_APP_TOKEN: `${CANARY}x` });
    expect(code).toBe(3);
    expect(out).toContain("The service refuses the app token with AUTHFAIL; nothing more was sent.");
    expect(out).not.toContain(CANARY);
  });

  test("ends with 3 where nobody answers", async () => {
    const gone = await startMock();
    await gone.close();
    const { code, out } = await run(["--url", gone.url], { MESIBO_APP_TOKEN: CANARY });
    expect([code, out.includes("cannot be reached (ECONNREFUSED)")]).toEqual([3, true]);
  });

  test("sends nothing elsewhere than to this machine unless it is told to, and says what it would do", async () => {
    const { code, out, err } = await run(["--url", "https://api.mesibo.com/backend/"], {
      MESIBO_APP_TOKEN: CANARY,
    });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /^This makes and removes users and groups .*\nIt sends about \d+ requests .*\nNothing was sent\. /,
    );
  });

  test("asks for consent also where only /api.php is elsewhere", async () => {
    const args = ["--url", SOMEWHERE, "--v1-url", "https://api.mesibo.com/api.php"];
    const { code, out, err } = await run(args, { MESIBO_APP_TOKEN: CANARY });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("in the app of your token at 127.0.0.1:9 and api.mesibo.com.");
  });

  test("says of a behaviour whose case was not run that it was not", async () => {
    const { out } = await run(["--only", "gid"]);
    expect(out).toContain("not tested: twins, its case was not run");
  });

  test.each([
    [["--v1-url", SOMEWHERE], {}, "--v1-url needs --url."],
    [
      ["--url", SOMEWHERE],
      { MESIBO_APP_TOKEN_FILE: "/dev/null" },
      "MESIBO_APP_TOKEN_FILE /dev/null is empty.",
    ],
    [["--url", SOMEWHERE], {}, "--url needs an app token in MESIBO_APP_TOKEN"],
    [["--url", "nowhere"], { MESIBO_APP_TOKEN: "x" }, "--url must be a URL with http or https, not nowhere."],
    [["--only", "what"], {}, "--only what is no case; there are "],
    [["--token", "x"], {}, "Unknown option '--token'"],
    [["--url", SOMEWHERE], { MESIBO_APP_TOKEN_FILE: "/none" }, "MESIBO_APP_TOKEN_FILE /none cannot be read."],
    [["--url", SOMEWHERE, "--pause", "x"], { MESIBO_APP_TOKEN: "x" }, "--pause must be a whole number"],
  ])("refuses %j in one line", async (args, env, message) => {
    const { code, out, err } = await run(args, env);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  test("is part of the bin", () => {
    const bin = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
    const ended = spawnSync(process.execPath, [bin, "conform", "--only", "gid"], { encoding: "utf8" });
    expect([ended.status, ended.stderr]).toEqual([0, ""]);
    expect(ended.stdout).toContain("Conformance of the mock in this process\n\npassed       gid: ");
  });
});
