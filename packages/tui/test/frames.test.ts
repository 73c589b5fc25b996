import { test } from "vitest";
import { framedApp } from "./support/framed.ts";
import { alphabets, expectFrame, sizes } from "./support/frame.ts";

/** The way to each screen from the list of groups. */
const screens = {
  groups: [],
  create: ["n", "N", "e", "w", "s", "down", "right", "down", "right"],
  overview: ["enter", "down", "right"],
  contradiction: ["n", "N", "shift+tab", "shift+tab", "ctrl+u", "0", "x", "1", "3", "3", "ctrl+s"],
  members: ["enter", "2", "down", "space"],
  add: ["enter", "2", "a", ...Array.from("zoe,bob@example.com"), "enter"],
  source: ["enter", "2", "a", ...Array.from("zoe,bob@example.com")],
  result: ["enter", "2", "a", ...Array.from("zoe erin@example.com yan"), "enter", "enter"],
  take_back: ["enter", "2", "a", ...Array.from("zoe erin@example.com"), "enter", "enter", "z"],
  remove: ["enter", "2", "d"],
  who: ["enter", "3", "down"],
  turn: ["down", "enter", "3", "space"],
  delete: ["d", "1", "0", "2"],
  marked: ["space", "v", "down"],
  delete_marked: ["space", "space", "space", "d", "3", "space"],
  calls: ["2"],
  call: ["2", "end", "enter"],
  jobs: ["enter", "2", "s", "esc", "esc", "3"],
  help: ["?"],
  palette: [":", ...Array.from("write")],
  palette_all: ["enter", ":", "down"],
} satisfies Record<string, readonly string[]>;

const open = framedApp();

for (const [columns, rows] of sizes) {
  for (const alphabet of alphabets) {
    for (const [name, keys] of Object.entries(screens)) {
      test(`the ${name} screen looks right at ${columns}x${rows} in ${alphabet}`, async () => {
        const app = await open({ columns, rows, ascii: alphabet === "ascii" });
        await app.press(...keys);
        const { screen } = app;

        await expectFrame(screen, { name, columns, rows, alphabet });
      });
    }
  }
}
