import { test } from "vitest";
import { profilesOf } from "../src/session.ts";
import { home } from "./profile/support.ts";
import { CANARY } from "./support/app.ts";
import { framedApp } from "./support/framed.ts";
import { alphabets, expectFrame, sizes } from "./support/frame.ts";

const config = {
  version: 1,
  default: "live",
  profiles: {
    live: { kind: "mesibo", danger: true },
    filed: { kind: "mesibo", token_file: "token" },
    lost: { kind: "mesibo", token_file: "/nowhere/token" },
    silent: { kind: "mock", url: "http://127.0.0.1:9/" },
  },
};

/** The way from screen 0 to what is wrong with a profile, or said before one is used. */
const ways = {
  no_token: ["enter"],
  no_token_full: ["enter", "!"],
  no_token_test: ["t", "y"],
  lost_token: ["down", "down", "enter"],
  notice: ["down", "enter"],
  unreachable_test: ["down", "down", "down", "t"],
  first_run_mesibo: ["down", "down"],
  first_run_form: ["down", "down", "enter"],
} satisfies Record<string, readonly string[]>;

const open = framedApp();

for (const [columns, rows] of sizes) {
  for (const alphabet of alphabets) {
    for (const [name, keys] of Object.entries(ways)) {
      test(`screen 0 with ${name} looks right at ${columns}x${rows} in ${alphabet}`, async () => {
        const { around, write } = await home(name.startsWith("first_run") ? undefined : config);
        await write(".config/mesibo-groups/token", CANARY);
        const app = await open({
          columns,
          rows,
          ascii: alphabet === "ascii",
          profiles: profilesOf(around),
          connection: { profile: "embedded" },
        });
        await app.press("0", ...keys);
        await expectFrame(app.screen, { name: `profiles.${name}`, columns, rows, alphabet });
      });
    }
  }
}
