import * as fc from "fast-check";
import { expect, test } from "vitest";
import { demoSeed, type Seed } from "@mesibo-groups/mock-server";
import { bindings } from "../../src/keys/keys.ts";
import { CANARY } from "../support/app.ts";
import { hold } from "./support.ts";

// What a run reaches must not depend on chance.
fc.configureGlobal({ seed: 20_261_123 });

const words = [...new Set(bindings.map(({ action }) => action.replaceAll("_", " ")))];
const keys = [...new Set(bindings.flatMap((row): readonly string[] => row.keys))];
const answer = fc.oneof(
  { weight: 3, arbitrary: fc.nat(12).map(String) },
  { weight: 2, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...keys) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "?",
      "list",
      "more",
      "back",
      "102529",
      "102530",
      ":102529",
      ":0x91",
      "/news",
      "/",
      "!",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, " ")),
  },
);

const hostile: Seed = {
  users: ["alice"],
  groups: [
    { name: "\u001b[2J\u202Eevil\nname \u0007" + "x".repeat(10_000), members: [{ address: "alice" }] },
    { name: "漢字 e\u0301 👩‍👩‍👧" },
  ],
};

test("whatever is said, lines are plain text: no escape, no control, no box, and no token", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { maxLength: 25 }),
      fc.constantFrom(demoSeed, hostile),
      async (answers, seed) => {
        const { lines } = await hold(answers, { seed });
        for (const line of lines.filter((said) => !said.startsWith("> "))) {
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2500-\u257f\u2800-\u28ff]/u);
          expect(line).not.toContain(CANARY);
        }
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test("whatever is said, a group goes only behind its own gid or the number of all that go, and a yes, and members behind a yes", async () => {
  let deleted = 0;
  let removed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          { weight: 4, arbitrary: answer.map((one) => [one]) },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              ["delete group", "102529", "y"],
              ["delete group", "y"],
              ["mark", "mark", "delete group", "2 groups", "y"],
              ["1", "tab members", "d", "y"],
              ["d", "y"],
            ),
          },
        ),
        { maxLength: 12 },
      ),
      async (parts) => {
        const answers = parts.flat();
        const { mock, lines, program } = await hold(answers);
        const gone = demoSeed.groups.length > mock.world().groups().length;
        if (gone) {
          deleted += 1;
          const said = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2).trim());
          const gids = [102529, 102530, 102531, 102532].filter(
            (gid) =>
              !mock
                .world()
                .groups()
                .some((group) => group.gid === gid),
          );
          for (const gid of gids) {
            const typed = said.findIndex((one) => one === String(gid) || one === "2 groups");
            expect(typed).toBeGreaterThanOrEqual(0);
            expect(said.slice(typed + 1).some((one) => /^y(es)?$/i.test(one))).toBe(true);
          }
        }
        const removals = program.state().jobs.filter(({ effect }) => effect.kind === "remove_members");
        if (removals.length > 0) {
          removed += 1;
          expect(lines.some((line) => /^> (?:y|yes)$/i.test(line.trimEnd()))).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
  // The laws have something to bite on.
  expect([deleted > 5, removed > 5]).toEqual([true, true]);
}, 120_000);

test("back always leads to the first screen", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { maxLength: 20 }), async (answers) => {
      const { program } = await hold([...answers, ...Array.from({ length: 12 }, () => ["", "back"]).flat()]);
      const { screen, dialog, quit } = program.state();
      expect([quit || screen.kind === "groups", dialog]).toEqual([true, undefined]);
    }),
    { numRuns: 100 },
  );
}, 120_000);
