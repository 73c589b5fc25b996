import { expect, test } from "vitest";
import { mockOf } from "../../src/mock.ts";
import { mockParts } from "../../src/parts.ts";
import { noRecorder } from "../../src/recorder.ts";
import { createMock, type Mock } from "../../src/index.ts";
import { openConsole } from "./console.ts";

/** A mock, and what it is to do once between a request and its answer, as a data file makes room for. */
function slowlyKept(): { readonly mock: Mock; readonly meanwhile: (act: () => Promise<unknown>) => void } {
  let next: (() => Promise<unknown>) | undefined;
  const settle = (then: () => void): void => {
    const act = next;
    next = undefined;
    if (act === undefined) then();
    else void act().then(then);
  };
  const parts = mockParts({}, () => ({ recorder: { ...noRecorder, settle } }));
  const meanwhile = (act: () => Promise<unknown>): void => {
    next = act;
  };
  return { mock: mockOf(parts), meanwhile };
}

const create = { do: "create", name: "Own", send: "members", receive: "members", store: "1", active: "1" };

test("a form is told of its own request, not of one that came meanwhile", async () => {
  const { mock, meanwhile } = slowlyKept();
  const console = await openConsole(mock);
  meanwhile(() => mock.fetch(new Request(`${mock.url}?op=nonsense&token=${mock.token}`)));
  const page = await console.follow("/groups/new", create);
  expect(page.text).toContain("✓ groupadd was done. Request 1");
  expect(
    mock
      .world()
      .requests()
      .map(({ op, result }) => ({ op, result })),
  ).toEqual([
    { op: "groupadd", result: "done" },
    { op: "nonsense", result: "refused" },
  ]);
});

test("a form is done without a link where the world was emptied of requests meanwhile", async () => {
  const { mock, meanwhile } = slowlyKept();
  const console = await openConsole(mock);
  meanwhile(() =>
    mock.fetch(new Request(`http://mesibo.mock/_mock/worlds/${mock.token}/requests`, { method: "DELETE" })),
  );
  const answer = await console.submit("/groups/new", create);
  expect({ status: answer.status, to: answer.headers.get("location")?.includes("did=") }).toEqual({
    status: 303,
    to: false,
  });
});

test("a refused form says why where the journal is off", async () => {
  const mock = createMock({ journal: 0 });
  const console = await openConsole(mock);
  const page = await console.submit("/users", { do: "remove", uid: "7" });
  expect(page.text).toContain("✕ Refused with BADUSER userdel was refused with BADUSER");
});
