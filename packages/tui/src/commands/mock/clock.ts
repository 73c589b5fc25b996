import { shaped } from "../../control/ask.ts";
import type { ClockChange } from "../../control/control.ts";
import { clockSchema, type WorldClock } from "../../control/schemas.ts";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { openMock } from "./ask-mock.ts";

/** Unix seconds of a moment as it was typed. Throws a `CommandError`. */
function readMoment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return Math.floor(at / 1000);
  throw usage(
    `--now must be Unix seconds or a moment such as 2026-12-01T00:00:00Z, not ${JSON.stringify(text)}.`,
  );
}

function readAdvance(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,10}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw usage(`--advance must be a whole number of seconds, not ${JSON.stringify(text)}.`);
}

const clockLines = ({ now, frozen, ahead, expires_next }: WorldClock): readonly string[] => [
  `${new Date(now * 1000).toISOString()} (${now})${frozen ? ", frozen" : ""}, ${ahead} s ahead`,
  ...expires_next.map(({ gid, name, in_seconds }) => `${gid} ${name} ends in ${in_seconds} s`),
];

/** Tells a mock's time, or changes it. */
export const mockClock = command({
  options: {
    now: { type: "string", value: "moment", about: "set it to Unix seconds, or to 2026-12-01T00:00:00Z" },
    advance: { type: "string", value: "seconds", about: "move it on" },
    freeze: { type: "boolean", negatable: true, about: "let it stand still, or go on" },
  },
  changes: true,
  run: async (invocation) => {
    const { values, dryRun } = invocation;
    const change: ClockChange = {
      now: readMoment(values.now),
      advance_seconds: readAdvance(values.advance),
      frozen: values.freeze,
    };
    const changes = Object.values(change).some((value) => value !== undefined);
    if (changes && dryRun)
      return {
        data: { dry_run: true, would: change },
        text: [`would change the clock: ${JSON.stringify(change)}`],
      };
    const { text, world } = await openMock(invocation, changes);
    const path = `${world}/clock`;
    const clock = shaped(
      clockSchema,
      await text(changes ? { method: "PATCH", path, body: change } : { path }),
    );
    return { data: clock, text: clockLines(clock) };
  },
});
