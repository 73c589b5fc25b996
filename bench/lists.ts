import { requestBytes } from "./load.ts";
import { sample } from "./sample.ts";
import { startMockBin } from "./server.ts";
import { paired, type Measurement } from "./stats.ts";

const SIZES = [10, 1_000, 100_000];
/** Addresses in one sample, whatever the size of its lists. */
const ADDRESSES = 100_000;

const json = (body: Readonly<Record<string, unknown>>): Buffer =>
  requestBytes({ method: "POST", target: "/backend/", body: JSON.stringify({ token: "t", ...body }) });
const addresses = (count: number): string =>
  Array.from({ length: count }, (_, index) => `user${index}@example.com`).join(",");
const permissions = { send: true, recv: true, pub: true, sub: true, list: true };

/** What the mock's process takes for each address of `groupeditmembers`, by the length of the list. */
export async function memberLists(quick: boolean): Promise<readonly Measurement[]> {
  const server = await startMockBin();
  const once = (request: Buffer, times = 1): ReturnType<typeof sample> =>
    sample(server, { next: () => request, connections: 1, milliseconds: 600_000, enough: times });
  const edit = async (size: number): Promise<number> => {
    const members = { m: addresses(size), permissions };
    const request = json({ op: "groupeditmembers", group: { gid: 102529, members } });
    return (await once(request, ADDRESSES / size)).cpuUs / size;
  };
  try {
    await once(
      json({
        op: "message",
        from: "user0@example.com",
        to: addresses(ADDRESSES),
        message: "hi",
        forced: true,
      }),
    );
    await once(json({ op: "groupadd", group: { name: "Large" } }));
    for (const size of SIZES) await edit(size);
    const taken = new Map<number, number[]>(SIZES.map((size) => [size, []]));
    for (let round = 0; round < (quick ? 3 : 9); round += 1)
      for (const size of SIZES) taken.get(size)?.push(await edit(size));
    const ten = taken.get(SIZES[0] ?? 0) ?? [];
    return SIZES.map((size) => {
      const row = size.toLocaleString("en");
      return paired(
        {
          name: `groupeditmembers of ${row} addresses, CPU for each address`,
          cell: {
            table: "groupeditmembers by the addresses in its list",
            row,
            column: "CPU per address, x 10",
          },
          of: "of 10 addresses",
          target: "",
          unit: "µs",
        },
        [row, taken.get(size) ?? []],
        ["10", ten],
      );
    });
  } finally {
    await server.stop();
  }
}
