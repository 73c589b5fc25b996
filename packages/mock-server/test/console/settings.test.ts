import { normalFlags } from "@mesibo-groups/core";
import { expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { clientOf } from "../support/worlds.ts";
import { openConsole, type Seen } from "./console.ts";

const GID = 102529;

const hiddenIn = ({ html }: Seen): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(shown-[^"]*)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );

/** The form of the group as somebody opened it and left it. */
const left = {
  do: "settings",
  name: "News",
  send: "members",
  receive: "members",
  store: "1",
  active: "1",
  expiry: "",
  expiryext: "0",
};

const lastBody = (mock: Mock): unknown => {
  const { token: _, ...rest } = JSON.parse(mock.world().requests().at(-1)?.body ?? "") as Record<
    string,
    unknown
  >;
  return rest;
};

test("a form that was open for long sends only what it changes, whatever others have changed meanwhile", async () => {
  const mock = createMock();
  const { groups } = clientOf(mock);
  await groups.create({ name: "News" });
  const console = await openConsole(mock);
  const hidden = hiddenIn(await console.get(`/groups/${GID}`));
  await groups.edit({ gid: GID, name: "Old news", active: false, expiryext: 60 });
  await console.follow(`/groups/${GID}`, { ...left, ...hidden, pinned: "1" });
  expect(lastBody(mock)).toEqual({ op: "groupset", group: { gid: GID, pinned: true } });
});

test("a flag that a form changes is changed in the flags as they are now", async () => {
  const mock = createMock();
  const { groups } = clientOf(mock);
  await groups.create({ name: "News" });
  const console = await openConsole(mock);
  const hidden = hiddenIn(await console.get(`/groups/${GID}`));
  await groups.edit({ gid: GID, flags: { ...normalFlags, send: "selected" } });
  await console.follow(`/groups/${GID}`, { ...left, ...hidden, loopback: "1" });
  expect(lastBody(mock)).toEqual({ op: "groupset", group: { gid: GID, flags: 0x1 | 0x80 } });
});

test("a form that was refused and is sent again still goes by what it showed at first", async () => {
  const mock = createMock();
  const { groups } = clientOf(mock);
  await groups.create({ name: "News" });
  const console = await openConsole(mock);
  const hidden = hiddenIn(await console.get(`/groups/${GID}`));
  await groups.edit({ gid: GID, name: "Old news" });
  const again = await console.submit(`/groups/${GID}`, { ...left, ...hidden, expiry: "soon" });
  expect({ status: again.status, hidden: hiddenIn(again) }).toEqual({ status: 422, hidden });
  await console.follow(`/groups/${GID}`, { ...left, ...hiddenIn(again), expiry: "60" });
  expect(lastBody(mock)).toEqual({ op: "groupset", group: { gid: GID, duration: 60 } });
});
