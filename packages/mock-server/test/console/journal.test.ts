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
