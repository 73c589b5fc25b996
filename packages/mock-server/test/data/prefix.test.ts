import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { createRandom } from "../../src/faults/random.ts";
import { openHistory, type History } from "./history.ts";

const ROUNDS = process.env["MESIBO_LONG"] === "1" ? 200 : 20;
const SEED = Number(process.env["MESIBO_SEED"] ?? Math.floor(Math.random() * 1e9));
const player = fileURLToPath(new URL("player.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mesibo-prefix-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Round {
  readonly file: string;
  readonly from: number;
  readonly fsync: boolean;
}

const start = ({ file, from, fsync }: Round) =>
  spawn(
    process.execPath,
    ["--conditions=@mesibo-groups/source", player, file, String(SEED), String(from), fsync ? "fsync" : ""],
    { stdio: ["ignore", "pipe", "inherit"] },
  );

/** Plays until that many steps are acknowledged and kills. Answers the first step that is not acknowledged. */
async function playAndKill(round: Round, steps: number): Promise<number> {
  const child = start(round);
  const closed = once(child, "close");
  let next = round.from;
  for await (const line of createInterface({ input: child.stdout })) {
    next = Number(line) + 1;
    if (next - round.from >= steps) child.kill("SIGKILL");
  }
  expect(await closed, "it ends by the kill alone").toEqual([null, "SIGKILL"]);
  return next;
}

/** Plays on until the worlds are those of a file; the step to go on with. No acknowledged step may be missing. */
function follow(
  model: History,
  from: number,
  { acknowledged, kept }: { acknowledged: number; kept: string },
) {
  let step = from;
  for (; step < acknowledged; step += 1) model.play(step);
  // What was under way may be there or not. One turn has at most 16 steps.
  for (; model.state() !== kept; step += 1) {
    if (step > acknowledged + 32) throw new Error(`${from}..${acknowledged} is not what the file has`);
    model.play(step);
  }
  return step;
}

test(
  `killed ${ROUNDS} times under load, a file has the acknowledged steps, each once and in order (MESIBO_SEED=${SEED})`,
  { timeout: 600_000 },
  async () => {
    const file = join(folder, "history.db");
    const random = createRandom(SEED);
    const model = openHistory(SEED);
    let from = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const steps = 1 + Math.floor(random() * 1_500);
      const acknowledged = await playAndKill({ file, from, fsync: round % 2 === 1 }, steps);
      const opened = openHistory(SEED, file);
      const kept = opened.state();
      opened.worlds.close();
      from = follow(model, from, { acknowledged, kept });
    }
    expect(from).toBeGreaterThan(ROUNDS);
  },
);

test("killed while it makes its file, it opens the file the next time", { timeout: 600_000 }, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const file = join(folder, `made-${round}.db`);
    const changes = watch(folder);
    const child = start({ file, from: 0, fsync: false });
    const ended = once(child, "close");
    let left = 1 + (round % 10);
    changes.on("change", () => {
      left -= 1;
      if (left === 0) child.kill("SIGKILL");
    });
    await ended;
    changes.close();
    expect(
      () => {
        openHistory(SEED, file).worlds.close();
      },
      `killed at change ${1 + (round % 10)}`,
    ).not.toThrow();
  }
});
