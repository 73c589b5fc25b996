import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium of this machine: the one that `CHROMIUM` names, or one where they usually are. */
export const findChromium = (): string | undefined =>
  [process.env["CHROMIUM"], ...places].find((place) => place !== undefined && existsSync(place));

/** Why a test has no browser. */
export const NO_BROWSER =
  "NOT TESTED IN A BROWSER: no Chromium found; install one (apt-get install chromium) or name it in CHROMIUM.";

/** A Chromium with a profile of its own that talks to nobody but the pages it is sent to. */
export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
