import { createFetch, type MockFetch } from "./fetch.ts";
import { lazyWeb } from "./lazy-web.ts";
import { mockParts, type MockOptions, type MockParts } from "./parts.ts";
import { createWorldHandle, type WorldHandle } from "./world-handle.ts";

/** A mock mesibo in this process. */
export interface Mock {
  /** Answers a request as mesibo would, without a network. Give it to `createClient`. */
  readonly fetch: MockFetch;
  /** The URL for the client to call. */
  readonly url: string;
  /** An app token that works. */
  readonly token: string;
  /** The world behind a token. Default: that of {@link Mock.token}. Throws `TypeError` for an unknown token. */
  readonly world: (token?: string) => WorldHandle;
  /** Every world back to the seed. */
  readonly reset: () => void;
}

/** A mock around shared parts, with the URL that its client calls. */
export function assembleMock(
  parts: MockParts,
  { url, fetch }: { readonly url: string; readonly fetch: Mock["fetch"] },
): Mock {
  return {
    fetch,
    url,
    token: parts.token,
    world: (token = parts.token) => createWorldHandle(parts.worlds, token),
    reset: parts.worlds.resetAll,
  };
}

/** A mock in this process, of parts that somebody else holds too. */
export function mockOf(parts: MockParts): Mock {
  return assembleMock(parts, {
    url: "http://mesibo.mock/backend/",
    fetch: createFetch(parts.worlds, lazyWeb({ ...parts, host: undefined })),
  });
}

/**
 * Makes a mock mesibo in this process: no port, no network, nothing to close.
 *
 * Each app token is a world of its own, so tests that use different tokens never meet.
 *
 * @example
 * ```ts
 * import { createClient } from "@mesibo-groups/core";
 * import { createMock } from "@mesibo-groups/mock-server";
 *
 * const mock = createMock();
 * const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });
 * const { gid } = await client.groups.create({ name: "News" });
 * console.assert(gid === 102529 && mock.world().groups().length === 1);
 * ```
 */
export function createMock(options: MockOptions = {}): Mock {
  return mockOf(mockParts(options));
}
