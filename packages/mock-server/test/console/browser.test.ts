import { createClient } from "@mesibo-groups/core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startMock, type RunningMock } from "../../src/index.ts";
import { demoSeed } from "../../src/seed.ts";
import { findChromium, launch, NO_BROWSER } from "./chromium.ts";
import { faintTexts, inaccessible, tooWide } from "./looks.ts";

const executable = findChromium();

const suite = executable === undefined ? NO_BROWSER : "the console in a browser";

// The reporter counts what is skipped and names none of it.
if (executable === undefined) console.warn(NO_BROWSER);

const TOKEN = "canary-token-of-the-browser";
const HOSTILE = "<img src=x onerror=alert(1)>\u202e\"'><script>alert(2)</script>";

describe.skipIf(executable === undefined)(suite, { timeout: 60_000 }, () => {
  let browser: Browser;
  let mock: RunningMock;
  let page: Page;
  let origin: string;
  /** Hosts that the page has asked, dialogs that it has opened, and errors that it has logged. */
  let noise: { hosts: Set<string>; dialogs: string[]; errors: string[] };

  beforeAll(async () => {
    browser = await launch(executable ?? "");
  }, 60_000);

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    mock = await startMock({ seed: demoSeed, tokens: [TOKEN] });
    origin = new URL(mock.url).origin;
    noise = { hosts: new Set(), dialogs: [], errors: [] };
    page = await open();
  });

  afterEach(async () => {
    await page.context().close();
    await mock.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const opened = await context.newPage();
    opened.on("request", (request) => noise.hosts.add(new URL(request.url()).host));
    opened.on("dialog", (dialog) => {
      noise.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    opened.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") noise.errors.push(message.text());
    });
    opened.on("pageerror", (error) => noise.errors.push(error.message));
    return opened;
  }

  const quiet = () => ({ hosts: new Set([new URL(origin).host]), dialogs: [], errors: [] });
  const client = () => createClient({ token: TOKEN, url: mock.url });
  const heading = () => page.getByRole("heading", { level: 1 }).textContent();
  const enter = (locator: Locator) => locator.press("Enter");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const menu = (name: string) => enter(page.getByRole("navigation").getByRole("link", { name, exact: true }));

  async function openWorld(where: Page = page): Promise<void> {
    await where.goto(`${origin}/_mock/`);
    await where.getByLabel("App token").fill(TOKEN);
    await where.getByLabel("App token").press("Enter");
    await where.getByRole("heading", { name: "Groups", level: 1 }).waitFor();
  }

  test("a group is made, set, peopled, messaged and ended by keyboard", async () => {
    await openWorld();
    await enter(page.getByRole("link", { name: "+ NEW GROUP" }));
    await page.getByLabel("Name").fill("Night shift");
    await page.getByRole("group", { name: "Who may send" }).getByLabel("Every member").press("ArrowDown");
    await page.getByLabel("Loop back to the sender").press("Space");
    await page.getByLabel("Name").press("Enter");
    expect(await heading()).toBe("Night shift");
    expect(await page.getByRole("status").textContent()).toContain("groupadd was done");
    expect(await page.getByRole("heading", { name: /^Flag/ }).textContent()).toContain("129");

    await page.getByLabel("Expiry (seconds)").fill("3600");
    await page.getByLabel("Pinned").press("Space");
    await enter(button("Save settings"));
    expect(await page.getByRole("status").textContent()).toContain("groupset was done");
    expect(await page.getByLabel("Pinned").isChecked()).toBe(true);

    await page.getByLabel("Addresses").fill("alice@example.com\nbob@example.com");
    await enter(button("Add members"));
    const send = page.getByRole("switch", { name: "send alice@example.com" });
    expect(await send.getAttribute("aria-checked")).toBe("false");
    await send.press("Space");
    await page.locator("[role=switch][aria-checked=true]").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("sendon");
    const row = page.getByRole("row", { name: /bob@example.com/ });
    await enter(row.getByText("Remove", { exact: false }).first());
    await enter(row.getByRole("button", { name: "Remove from group" }));
    await page.getByText("1 member", { exact: true }).waitFor();

    await menu("Users");
    await page.getByLabel("Address").fill("night@example.com");
    await page.getByLabel("Address").press("Enter");
    await page.getByRole("switch", { name: "Online alice@example.com" }).press("Space");
    await page.locator("[role=switch][aria-checked=true]").waitFor();

    await menu("Messages");
    await page.getByLabel("From").fill("alice@example.com");
    await page.getByLabel("To group").selectOption({ label: "102533 Night shift" });
    await page.getByLabel("Text").fill("Anybody awake?");
    await enter(button("Who would get it?"));
    await page.getByText("alice@example.com would get it.").waitFor();
    await enter(button("Send"));
    expect(await heading()).toBe("Message 1");
    await page.getByRole("row", { name: "alice@example.com ✓ delivered" }).waitFor();
    await page.getByText("The group loops messages back").waitFor();

    await menu("Clock");
    await enter(button("Freeze"));
    await button("Let it run").waitFor();
    await enter(button("Go there to the end of 102533"));
    await menu("Groups");
    await page.getByText("4 groups", { exact: true }).waitFor();
    expect(noise).toEqual(quiet());
  });

  test("the journal shows what comes in, and explains it", async () => {
    await openWorld();
    await menu("Requests");
    await page.getByText("Live.", { exact: true }).waitFor();
    await client().groups.create({ name: HOSTILE });
    await client()
      .users.delete({ address: "nobody" })
      .catch(() => {});
    await page.getByText("Live: 2 new requests.").waitFor();
    const latest = page.getByRole("row").nth(1);
    expect(await latest.textContent()).toContain("✕ refuseduserdel was refused with BADUSER");
    await enter(latest.getByRole("link"));
    expect(await heading()).toBe("Request 2: userdel");
    expect(await page.getByRole("region", { name: "curl command" }).textContent()).toContain(
      "$MESIBO_APP_TOKEN",
    );
    expect(noise).toEqual(quiet());
  });

  test("a paused journal stays as it is until it goes on", async () => {
    await page.clock.install();
    await openWorld();
    await menu("Requests");
    await enter(button("Pause"));
    await client().groups.create({ name: "Unseen" });
    await page.clock.runFor(10_000);
    expect(await page.getByRole("row").count()).toBe(1);
    await enter(button("Go on"));
    await page.clock.runFor(1_000);
    await page.getByText("Live: 1 new request.").waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
    expect(noise).toEqual(quiet());
  });

  test("a journal that goes on shows all that came in a long pause", async () => {
    await page.clock.install();
    await openWorld();
    await menu("Requests");
    await enter(button("Pause"));
    await Promise.all(Array.from({ length: 230 }, (_, n) => client().groups.create({ name: `Unseen ${n}` })));
    await enter(button("Go on"));
    const status = async () => {
      await page.clock.runFor(1_000);
      return page.locator(".live").textContent();
    };
    await expect.poll(status, { timeout: 20_000 }).toBe("Live: 230 new requests.");
    const numbers = await page.locator("tbody tr td:first-child").allTextContents();
    expect(numbers).toEqual(Array.from({ length: 230 }, (_, index) => String(230 - index)));
    expect(noise).toEqual(quiet());
  });

  test("hostile names are text, do nothing and break no page", async () => {
    const { gid } = await client().groups.create({ name: HOSTILE });
    await client().groups.create({ name: "W".repeat(10_000) });
    await client().users.create({ address: "<b>bold</b>", name: HOSTILE });
    await client().members.add({
      gid,
      addresses: ["<b>bold</b>"],
      permissions: { send: true, receive: true, publish: false, subscribe: false, list: false },
    });
    await openWorld();
    const shown = "<img src=x onerror=alert(1)>⟨U+202E⟩\"'><script>alert(2)</script>";
    await enter(page.getByRole("link", { name: shown, exact: true }));
    expect(await heading()).toBe(shown);
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(HOSTILE);
    await page.getByRole("switch", { name: "send <b>bold</b>", exact: true }).waitFor();
    for (const name of ["Users", "Messages", "Requests", "Clock", "Faults", "World"]) await menu(name);
    expect(await page.locator("main img, main b, main script").count()).toBe(0);
    expect(noise).toEqual(quiet());
  });

  test("a refused form says why where the reader is, and keeps what was typed", async () => {
    await openWorld();
    await enter(page.getByRole("link", { name: "News", exact: true }));
    await enter(page.getByText("+ NEW MEMBER"));
    await page.getByLabel("Addresses").fill("alise@example.com");
    await page.getByRole("checkbox", { name: "publish" }).press("Space");
    await enter(button("Add members"));
    const alert = page.getByRole("alert");
    expect(await alert.textContent()).toContain("Did you mean m=alice@example.com?");
    expect(await alert.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByLabel("Addresses").inputValue()).toBe("alise@example.com");
    expect(await page.getByRole("checkbox", { name: "publish" }).isChecked()).toBe(true);
    // The browser's own note about the status; it is no fault of the page.
    expect(noise).toEqual({ ...quiet(), errors: [expect.stringContaining("status of 422")] });
  });

  test("the first Tab leads past the menu", async () => {
    await openWorld();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("+ NEW GROUP");
  });

  test("it works without JavaScript", async () => {
    const plain = await open({ javaScriptEnabled: false });
    await openWorld(plain);
    await plain.getByRole("link", { name: "+ NEW GROUP" }).click();
    await plain.getByLabel("Name").fill("No script");
    await plain.getByRole("button", { name: "Create group" }).click();
    await plain.getByText("groupadd was done").waitFor();
    await plain.getByRole("link", { name: "Requests" }).click();
    await plain.getByRole("row", { name: /groupadd/ }).waitFor();
    await plain.context().close();
    expect(noise).toEqual(quiet());
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
    ["dark", 375],
  ] as const)("every page can be read, %s, at %i pixels", async (colorScheme, width) => {
    const { gid } = await client().groups.create({ name: "W".repeat(10_000) });
    await client().members.add({
      gid,
      addresses: ["alice@example.com"],
      permissions: { send: true, receive: false, publish: true, subscribe: false, list: false },
    });
    await client()
      .users.delete({ address: "nobody" })
      .catch(() => {});
    await client().send({ to: [], from: "alice@example.com", gid: 102529, text: "M".repeat(2000) });
    mock.world().faults.set({ rules: [{ effect: "refuse", error: "E".repeat(100), count: 0 }] });
    const looked = await open({ colorScheme, viewport: { width, height: 800 } });
    await openWorld(looked);
    const world = looked.url().replace(/\/groups$/, "");
    const paths = [
      "groups",
      "groups/new",
      `groups/${gid}`,
      "users",
      "messages",
      "messages/1",
      "requests",
      "requests/3",
    ];
    const urls = [
      `${origin}/_mock/`,
      `${origin}/_mock/console/fidelity`,
      ...[...paths, "messages?ask=1&from=bob@example.com&gid=102530", "clock", "faults", "world"].map(
        (path) => `${world}/${path}`,
      ),
    ];
    for (const url of urls) {
      await looked.goto(url);
      await looked.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      const found = {
        faint: await faintTexts(looked),
        lacks: await inaccessible(looked),
        wide: await tooWide(looked),
      };
      expect({ url, ...found }).toEqual({ url, faint: [], lacks: [], wide: 0 });
    }
    await looked.context().close();
    expect(noise).toEqual(quiet());
  });
});
