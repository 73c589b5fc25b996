import { afterAll, beforeAll, expect, test } from "vitest";
import { startMock, type RunningMock } from "../../src/index.ts";
import { createAgent, sendRaw } from "../support/raw.ts";

// Typed by hand from the seed document, never by our encoder.

const NOW = 1_800_000_000;
const agent = createAgent();
let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ now: () => NOW });
});
afterAll(async () => {
  agent.destroy();
  await mock.close();
});

const ask = async (target: string) => (await sendRaw(mock.url, { method: "GET", target }, agent)).text;

const app = (users: number, groups: number) =>
  `{"app":{"aid":"1","uid":"1","name":"mock","secret":"","url":"","server":"","u_users":"${users}","u_groups":"${groups}",` +
  `"notify":"0","nrate":"0","ninterval":"0","flag":"33024","f_beta":"0","pushflags":"0","fcm_id":"","fcm_key":"","apn_info":"",` +
  `"token":"T","ts":"${NOW}","uts":"${NOW}"},"uts":"${NOW}","disabled":0`;

test("the seed tutorial runs on api.php, answer by answer", async () => {
  for (const [index, member] of ["member1", "member2", "member3"].entries()) {
    const answer = await ask(`/api.php?op=useradd&token=T&addr=${member}&appid=com.example`);
    expect(answer).toMatch(
      new RegExp(
        `"user":\\{"uid":"${1001 + index}","appid":"com.example","token":"[0-9a-f]{48}"\\},"op":"useradd","result":true\\}$`,
      ),
    );
  }

  expect(await ask("/api.php?op=groupadd&token=T&name=Mesibo%20Test%20Group&flag=0")).toBe(
    `${app(3, 0)},"group":{"gid":102529},"op":"groupadd","result":true}`,
  );

  // SEED: only the tail of the worked example survives, so m comes before delete.
  const edit = "cs=1&cr=1&m=member1,member2,member3&delete=0";
  expect(await ask(`/api.php?op=groupeditmembers&token=T&gid=102529&${edit}`)).toBe(
    `${app(3, 1)},"op":"groupeditmembers","result":true}`,
  );

  expect(mock.world("T").groups()).toEqual([
    {
      gid: 102529,
      name: "Mesibo Test Group",
      members: ["member1", "member2", "member3"].map((address) => ({
        address,
        permissions: { send: true, receive: true, publish: false, subscribe: false, list: false },
      })),
    },
  ]);
});

test("you can only add valid users, and a list with one stranger changes nothing", async () => {
  const before = mock.world("T").groups();
  expect(
    JSON.parse(await ask("/api.php?op=groupeditmembers&token=T&gid=102529&m=member1,stranger&delete=0")),
  ).toEqual({
    error: "BADUSER",
    code: 404,
    cause: "You can only add valid users; not known here: stranger",
    properties: ["m"],
    op: "groupeditmembers",
    result: false,
  });
  expect(mock.world("T").groups()).toEqual(before);
});

test("members leave with delete=1", async () => {
  await ask("/api.php?op=groupeditmembers&token=T&gid=102529&m=member2&delete=1");
  expect(
    mock
      .world("T")
      .groups()[0]
      ?.members.map(({ address }) => address),
  ).toEqual(["member1", "member3"]);
});
