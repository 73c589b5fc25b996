import { doctor as examine } from "../profile/doctor.ts";
import { doctorText } from "../profile/doctor-text.ts";
import type { Check } from "../profile/check.ts";
import { CommandError } from "./command-error.ts";
import { command } from "./command.ts";
import { testSteps } from "./profile/test-steps.ts";
import packageJson from "../../package.json" with { type: "json" };

const callAdvice =
  "asks the server once with useradd without a user, which changes nothing; mesibo counts the addresses that ask";

/** Tells every value with its origin, and asks the server only when told to. */
export const doctor = command({
  options: { call: { type: "boolean", about: callAdvice } },
  run: async ({ around, profile, tokenStdin, values }) => {
    const terminal = {
      isTerminal: process.stdout.isTTY,
      columns: process.stdout.columns,
      rows: process.stdout.rows,
      nodeVersion: process.version,
    };
    const checks: Check[] = [
      { name: "version", value: packageJson.version, origin: "mesibo-groups", state: "ok" },
      ...(await examine({ around, flags: { profile, tokenStdin }, terminal })),
    ];
    if (values.call === true && checks.every(({ state }) => state !== "wrong")) {
      const { steps } = await testSteps({ around, profile, tokenStdin });
      checks.push(
        ...steps
          .filter(({ name }) => name === "answer")
          .map(({ value, state }): Check => ({ name: "answer", value, origin: "server", state })),
      );
    }
    const wrong = checks.filter(({ state }) => state === "wrong");
    return {
      data: { checks },
      rows: checks,
      text: doctorText(checks).trimEnd().split("\n"),
      ...(wrong.length === 0
        ? {}
        : {
            error: new CommandError(
              "usage",
              `${wrong.map(({ name }) => name).join(", ")}: not usable, see above.`,
            ),
          }),
    };
  },
});
