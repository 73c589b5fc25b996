import { keeping, type KeepOptions } from "./data/keep.ts";
import { listen, type Listening, type ListenOptions } from "./listen.ts";
import { assembleMock, type Mock } from "./mock.ts";
import { mockParts, type MockOptions } from "./parts.ts";

/** How a mock is served. */
export interface StartOptions extends MockOptions, ListenOptions, KeepOptions {}

/** A mock that listens. */
export interface RunningMock extends Mock, Pick<Listening, "close"> {}

/**
 * Serves a mock mesibo over HTTP on this machine. Rejects when the port is taken, and with a
 * `DataFileError` when the data file is.
 *
 * @example
 * ```ts
 * import { startMock } from "@mesibo-groups/mock-server";
 *
 * const mock = await startMock();
 * const answer = await fetch(`${mock.url}?op=groupadd&token=${mock.token}&name=News`);
 * console.assert((await answer.json()).group.gid === 102529);
 * await mock.close();
 * ```
 */
export async function startMock(options: StartOptions = {}): Promise<RunningMock> {
  const parts = mockParts(options, await keeping(options));
  const { url, close } = await listen(parts, options);
  return {
    ...assembleMock(parts, {
      url,
      fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
    }),
    close,
  };
}
