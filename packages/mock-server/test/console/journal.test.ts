import { expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { clientOf } from "../support/worlds.ts";
import { ask, openConsole, type Seen } from "./console.ts";

const numbersIn = ({ html }: Seen): readonly number[] =>
  [...html.matchAll(/requests\/(\d+)"/g)].map(([, n]) => Number(n));

const call = (mock: Mock, op: string) =>
  mock.fetch(new Request(`${mock.url}?op=${op}&gid=102529&token=${mock.token}`));

test("an op is found by each of its names, whichever the caller used", async () => {
  const mock = createMock();
  const console = await openConsole(mock);
  await clientOf(mock).groups.create({ name: "News" });
  await call(mock, "getmembers");
  await call(mock, "groupgetmembers");
  for (const op of ["getmembers", "groupgetmembers"]) {
    const list = await console.get(`/requests?op=${op}&result=`);
    const rows = await console.get(`/rows?op=${op}&result=&after=0`);
    const { html } = await ask(mock, `/_mock/worlds/${mock.token}/requests?op=${op}`);
    const { requests } = JSON.parse(html) as { requests: readonly { n: number }[] };
    expect({
      op,
      list: numbersIn(list),
      rows: numbersIn(rows),
      api: requests.map(({ n }) => n).toReversed(),
    }).toEqual({ op, list: [3, 2], rows: [3, 2], api: [3, 2] });
  }
});

test("more rows than one answer holds come with the next ones, oldest first and none left out", async () => {
  const mock = createMock();
  const console = await openConsole(mock);
  for (let n = 1; n <= 250; n += 1) await call(mock, n % 2 === 0 ? "groupget" : "groupdel");
  const seen: { latest: number; rows: number; more: boolean }[] = [];
  const numbers: number[] = [];
  for (let after = 0; after < 250; after = seen.at(-1)?.latest ?? 250) {
    const rows = await console.get(`/rows?op=&result=&after=${after}`);
    const found = numbersIn(rows);
    numbers.push(...found.toReversed());
    seen.push({
      latest: Number(/data-latest="(\d+)"/.exec(rows.html)?.[1]),
      rows: found.length,
      more: rows.html.includes("data-more"),
    });
  }
  expect(seen).toEqual([
    { latest: 100, rows: 100, more: true },
    { latest: 200, rows: 100, more: true },
    { latest: 250, rows: 50, more: false },
  ]);
  expect(numbers).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
});
