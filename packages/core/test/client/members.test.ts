import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MembersError,
  noPermissions,
  type MembersProgress,
  type MembersReport,
  type MembersToAdd,
} from "../../src/index.ts";
import { batchAddresses } from "../../src/client/batch.ts";
import { deferred } from "../../src/client/deferred.ts";
import { editMembers } from "../../src/client/members.ts";
import { bodyOf, clientOf, CANARY, cutConnection, failureOf, refuse, scripted } from "./support/script.ts";

const gid = 102529;

/** A mesibo that knows some addresses: a list with another one in it is refused whole. */
function server(isKnown: (address: string) => boolean, more: object = { properties: ["m"] }) {
  const members = new Set<string>();
  const lists: string[][] = [];
  const fetch = (_: string, init: RequestInit): Promise<Response> => {
    const params = new URLSearchParams(bodyOf(init));
    const list = (params.get("m") ?? "").split(",");
    lists.push(list);
    if (!list.every(isKnown))
      return Promise.resolve(Response.json({ error: "BADUSER", ...more, result: false }));
    for (const address of list) members.add(address);
    return Promise.resolve(Response.json({ op: "groupeditmembers", result: true }));
  };
  return { fetch, members, lists };
}

const toAdd = (addresses: readonly string[]): MembersToAdd => ({
  gid,
  addresses,
  permissions: noPermissions,
});

async function reportOf(promise: Promise<MembersReport>): Promise<MembersReport> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof MembersError) return error.report;
    throw error;
  }
}

const plain = ({ done, refused, unknown, notSent }: MembersReport) => ({
  done,
  refused: refused.map(({ address }) => address),
  unknown: unknown.map(({ address }) => address),
  notSent,
});

describe("a list where every address is fine", () => {
  test("is done in batches of at most 100", async () => {
    const { fetch, lists } = server(() => true);
    const addresses = Array.from({ length: 250 }, (_, index) => `u${index}`);
    const progress: MembersProgress[] = [];
    const report = await clientOf(fetch).members.add(toAdd(addresses), {
      onProgress: (step) => progress.push(step),
    });
    expect(report).toEqual({ done: addresses, refused: [], unknown: [], notSent: [], calls: 3 });
    expect(lists.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(progress).toEqual(
      [100, 200, 250].map((done, index) => ({ done, refused: 0, unknown: 0, total: 250, calls: index + 1 })),
    );
  });

  test("goes out once, whatever is in it twice, and an empty one makes no call", async () => {
    const { fetch, lists } = server(() => true);
    await clientOf(fetch).members.add(toAdd(["a", "b", "a"]));
    expect(lists).toEqual([["a", "b"]]);
    expect(await clientOf(fetch).members.add(toAdd([]))).toMatchObject({ calls: 0 });
  });

  test("sends all five permissions, and delete=1 to remove", async () => {
    const { fetch, requests } = scripted({ kind: "answer", body: { result: true } });
    const client = clientOf(fetch);
    await client.members.add({ gid, addresses: ["a"], permissions: { ...noPermissions, receive: true } });
    await client.members.remove({ gid, addresses: ["a"] });
    const sent = requests.map(({ params }) => {
      params.delete("token");
      return params.toString();
    });
    expect(sent).toEqual([
      `op=groupeditmembers&gid=${gid}&m=a&cs=0&cr=1&canpub=0&cansub=0&canlist=0&delete=0`,
      `op=groupeditmembers&gid=${gid}&m=a&delete=1`,
    ]);
  });

  test("a watcher that throws changes nothing", async () => {
    const { fetch } = server(() => true);
    const onProgress = () => {
      throw new Error("mine");
    };
    expect(await clientOf(fetch).members.add(toAdd(["a"]), { onProgress })).toMatchObject({ done: ["a"] });
  });
});

test("batches hold at most 100 addresses and 6 KiB as they are sent, in order, and nothing is lost", () => {
  const address = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .filter((text) => !/[\p{Cs},]/u.test(text));
  fc.assert(
    fc.property(fc.uniqueArray(address, { maxLength: 400, size: "max" }), (addresses) => {
      const batches = batchAddresses(addresses);
      expect(batches.flat()).toEqual(addresses);
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(100);
        expect(encodeURIComponent(batch.join(",")).length).toBeLessThanOrEqual(6 * 1024);
      }
    }),
    { numRuns: 60 },
  );
  expect(
    batchAddresses(Array.from({ length: 40 }, (_, index) => "ü".repeat(30) + String(index))).length,
  ).toBe(2);
});

describe("addresses that mesibo refuses", () => {
  test("are named, each with its own refusal, and every other one is done", async () => {
    const { fetch, members } = server((address) => !address.startsWith("bad"));
    const failure = await failureOf(clientOf(fetch).members.add(toAdd(["a", "bad1", "b", "c", "bad2"])));
    expect(failure).toMatchObject({
      name: "MembersError",
      kind: "members",
      op: "groupeditmembers",
      outcome: "refused",
      sent: "yes",
      message: "groupeditmembers: 3 done, 2 refused, 0 unknown, 0 not sent: bad1, bad2",
    });
    expect(plain(failure["report"] as MembersReport)).toEqual({
      done: ["a", "b", "c"],
      refused: ["bad1", "bad2"],
      unknown: [],
      notSent: [],
    });
    expect((failure["report"] as MembersReport).refused[0]).toMatchObject({
      isolated: true,
      error: { kind: "refused", refusal: { error: "BADUSER" } },
    });
    expect([...members]).toEqual(["a", "b", "c"]);
  });

  test("are exactly those in the report, whichever they are, whether or not mesibo names m", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.uniqueArray(fc.nat(299), { maxLength: 12 }),
        fc.constantFrom({ properties: ["m"] }, { properties: [] }, {}),
        async (count, bad, more) => {
          const wrong = new Set(bad.map((index) => `u${index}`));
          const addresses = Array.from({ length: count }, (_, index) => `u${index}`);
          const { fetch, members } = server((address) => !wrong.has(address), more);
          const report = plain(
            await reportOf(clientOf(fetch).members.add(toAdd(addresses), { isolationCalls: 10_000 })),
          );
          const fine = addresses.filter((address) => !wrong.has(address));
          expect(report).toEqual({
            done: fine,
            refused: addresses.filter((address) => wrong.has(address)),
            unknown: [],
            notSent: [],
          });
          expect([...members]).toEqual(fine);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("10,000 addresses with 100 unknown ones: exactly those are named, in at most 1,400 calls", async () => {
    const wrong = new Set(
      Array.from({ length: 100 }, (_, index) => `u${index * 100 + ((index * 37) % 100)}`),
    );
    const addresses = Array.from({ length: 10_000 }, (_, index) => `u${index}`);
    const { fetch } = server((address) => !wrong.has(address));
    const report = await reportOf(clientOf(fetch).members.add(toAdd(addresses)));
    expect(new Set(report.refused.map(({ address }) => address))).toEqual(wrong);
    expect(report.done).toHaveLength(9_900);
    expect(report.calls).toBeLessThanOrEqual(1_400);
  });

  test("cost ten calls where a batch has one of them, wherever it is", async () => {
    const addresses = Array.from({ length: 100 }, (_, index) => `u${index}`);
    for (const wrong of addresses) {
      const { fetch } = server((address) => address !== wrong);
      const report = await reportOf(clientOf(fetch).members.add(toAdd(addresses)));
      expect(report.refused.map(({ address }) => address)).toEqual([wrong]);
      expect(report.calls).toBeLessThanOrEqual(10);
    }
  });

  test("are asked about by themselves, and done where mesibo has come to know them meanwhile", async () => {
    const ok = { kind: "answer", body: { result: true } } as const;
    const { fetch, requests } = scripted(refuse("BADUSER"), ok, ok);
    const report = await clientOf(fetch).members.add(toAdd(["a", "b"]));
    expect(plain(report)).toEqual({ done: ["a", "b"], refused: [], unknown: [], notSent: [] });
    expect(requests.map(({ params }) => params.get("m"))).toEqual(["a,b", "a", "b"]);
  });

  test("beyond the budget are refused with their neighbours, and told so", async () => {
    const { fetch } = server((address) => address !== "u7");
    const addresses = Array.from({ length: 8 }, (_, index) => `u${index}`);
    const report = await reportOf(clientOf(fetch).members.add(toAdd(addresses), { isolationCalls: 1 }));
    expect(plain(report)).toEqual({
      done: ["u0", "u1", "u2", "u3"],
      refused: ["u4", "u5", "u6", "u7"],
      unknown: [],
      notSent: [],
    });
    expect(report.refused.map(({ isolated }) => isolated)).toEqual([false, false, false, false]);
    expect(report.calls).toBe(2);
  });
});

describe("a refusal that is not about members", () => {
  test("is not searched, and no further batch goes out", async () => {
    const { fetch, requests } = scripted(refuse("BADGROUP", { code: 404, properties: ["gid"] }));
    const addresses = Array.from({ length: 150 }, (_, index) => `u${index}`);
    const report = await reportOf(clientOf(fetch).members.add(toAdd(addresses)));
    expect([report.refused.length, report.notSent.length, requests.length]).toEqual([100, 50, 1]);
  });

  test("stops the client where it is about the token", async () => {
    const { fetch, requests } = scripted(refuse("TOKENBREACH"));
    const client = clientOf(fetch);
    const addresses = Array.from({ length: 101 }, (_, index) => `u${index}`);
    const failure = await failureOf(client.members.add(toAdd(addresses)));
    expect(failure).toMatchObject({ outcome: "refused" });
    expect(client.latched()?.kind).toBe("breach");
    expect(requests).toHaveLength(1);
    const blocked = await failureOf(client.members.add(toAdd(["a"])));
    expect(blocked).toMatchObject({
      outcome: "not_sent",
      sent: "no",
      message: "groupeditmembers: 0 done, 0 refused, 0 unknown, 1 not sent",
    });
  });
});

describe("what may have happened", () => {
  test("is told as unknown, and no further batch goes out", async () => {
    const { fetch, requests } = scripted({ kind: "answer", body: { result: true } }, cutConnection);
    const addresses = Array.from({ length: 250 }, (_, index) => `u${index}`);
    const failure = await failureOf(clientOf(fetch, { retries: 0 }).members.add(toAdd(addresses)));
    expect(failure).toMatchObject({ outcome: "unknown", sent: "maybe" });
    const report = failure["report"] as MembersReport;
    expect([report.done.length, report.unknown.length, report.notSent.length]).toEqual([100, 100, 50]);
    expect(report.unknown[0]).toMatchObject({ isolated: false, error: { reason: "UND_ERR_SOCKET" } });
    expect(requests).toHaveLength(2);
  });

  test("in the middle of a search leaves the rest of the batch not sent", async () => {
    const { fetch } = scripted(refuse("BADUSER"), cutConnection);
    const report = await reportOf(clientOf(fetch, { retries: 0 }).members.add(toAdd(["a", "b", "c", "d"])));
    expect(plain(report)).toEqual({ done: [], refused: [], unknown: ["a", "b"], notSent: ["c", "d"] });
  });
});

describe("cancelling", () => {
  test("lets no further call start", async () => {
    const controller = new AbortController();
    const { fetch, lists } = server(() => true);
    const addresses = Array.from({ length: 1_000 }, (_, index) => `u${index}`);
    const onProgress = ({ calls }: MembersProgress) => {
      if (calls === 3) controller.abort();
    };
    const adding = clientOf(fetch).members.add(toAdd(addresses), { signal: controller.signal, onProgress });
    const report = await reportOf(adding);
    expect(plain(report)).toEqual({
      done: addresses.slice(0, 300),
      refused: [],
      unknown: [],
      notSent: addresses.slice(300),
    });
    expect(lists).toHaveLength(3);
  });
});

describe("stopping", () => {
  const addresses = Array.from({ length: 300 }, (_, index) => `u${index}`);

  test("waits for the call on its way, and starts no other", async () => {
    const { promise: sent, resolve: arrived } = deferred<undefined>();
    const { promise: answer, resolve: reply } = deferred<Response>();
    const fetch = () => {
      arrived(undefined);
      return answer;
    };
    const stop = new AbortController();
    const adding = reportOf(clientOf(fetch).members.add(toAdd(addresses), { stop: stop.signal }));
    await sent;
    stop.abort();
    reply(Response.json({ op: "groupeditmembers", result: true }));
    expect(await adding).toEqual({
      done: addresses.slice(0, 100),
      refused: [],
      unknown: [],
      notSent: addresses.slice(100),
      calls: 1,
    });
  });

  test("is asked for before each call, and keeps that call back", async () => {
    const { fetch, lists } = server(() => true);
    const stop = new AbortController();
    let asked = 0;
    const beforeCall = async (): Promise<void> => {
      asked += 1;
      if (asked === 3) stop.abort();
    };
    const report = await reportOf(
      clientOf(fetch).members.add(toAdd(addresses), { stop: stop.signal, beforeCall }),
    );
    expect(report).toMatchObject({ done: addresses.slice(0, 200), notSent: addresses.slice(200), calls: 2 });
    expect([asked, lists.length]).toEqual([3, 2]);
  });

  test("in the middle of a search leaves what was not tried by itself not sent", async () => {
    const { fetch } = server((address) => address !== "u0");
    const stop = new AbortController();
    const onProgress = ({ calls }: MembersProgress) => {
      if (calls === 2) stop.abort();
    };
    const adding = clientOf(fetch).members.add(toAdd(addresses), { stop: stop.signal, onProgress });
    expect(await reportOf(adding)).toEqual({
      done: [],
      refused: [],
      unknown: [],
      notSent: addresses,
      calls: 2,
    });
  });
});

test("a report says what kept the rest from being sent", async () => {
  const { fetch } = scripted(refuse("BADGROUP", { code: 404, properties: ["gid"] }));
  const addresses = Array.from({ length: 101 }, (_, index) => `u${index}`);
  const { stoppedBy } = await reportOf(clientOf(fetch).members.add(toAdd(addresses)));
  expect(stoppedBy).toMatchObject({ kind: "refused", refusal: { error: "BADGROUP" } });
});

test("an error names five of the addresses at fault at most", async () => {
  const { fetch } = server(() => false);
  const failure = await failureOf(clientOf(fetch).members.add(toAdd(["a", "b", "c", "d", "e", "f"])));
  expect(failure["message"]).toBe(
    "groupeditmembers: 0 done, 6 refused, 0 unknown, 0 not sent: a, b, c, d, e…",
  );
});

test("a mistake of ours is not taken for an answer of mesibo's", async () => {
  const call = () => Promise.reject(new RangeError("a bug"));
  const edit = { gid, members: ["a"], permissions: {}, remove: false };
  await expect(editMembers({ call, check: () => {}, batch: batchAddresses }, edit)).rejects.toThrow(
    new RangeError("a bug"),
  );
});

test("one address that cannot be sent keeps the whole list back", async () => {
  const { fetch, requests } = scripted(refuse("NO"));
  expect(await failureOf(clientOf(fetch).members.add(toAdd(["a", "b,c"])))).toMatchObject({
    name: "ValidationError",
    field: 'members "b,c"',
    expected: "without a comma: mesibo lists addresses with commas",
  });
  expect(requests).toHaveLength(0);
});

test("the list is what it was when the call was made", async () => {
  const { fetch, requests } = scripted({ kind: "answer", body: { result: true } });
  const addresses = Array.from({ length: 101 }, (_, index) => `u${index}`);
  const permissions = { ...noPermissions };
  const adding = clientOf(fetch).members.add({ gid, addresses, permissions });
  addresses.length = 0;
  permissions.send = true;
  await adding;
  expect(requests.map(({ params }) => [params.get("m")?.split(",").length, params.get("cs")])).toEqual([
    [100, "0"],
    [1, "0"],
  ]);
});

test("what fetch throws that is none of its errors is still no error of ours", async () => {
  const { fetch } = scripted({ kind: "throw", error: new RangeError(CANARY) });
  const failure = await failureOf(clientOf(fetch, { retries: 0 }).members.add(toAdd(["a"])));
  expect(failure).toMatchObject({ name: "MembersError", outcome: "unknown" });
});
