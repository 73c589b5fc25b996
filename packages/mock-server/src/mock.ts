import type { FetchLike } from "@mesibo-groups/core";
import type { Seed } from "./seed.ts";

export interface MockOptions {
  /** The app tokens that are known. Default: any token works and has a world of its own. */
  readonly tokens?: readonly string[] | undefined;
  /** What each world starts with. Default: nothing. */
  readonly seed?: Seed | undefined;
  /** Unix seconds. Default: the system's clock. */
  readonly now?: (() => number) | undefined;
}

/** One world: all state behind one app token. */
export interface WorldHandle {
  readonly reset: () => void;
}

export interface Mock {
  /** Takes a request as mesibo would, without a network. Give it to `createClient`. */
  readonly fetch: FetchLike & ((request: Request) => Promise<Response>);
  /** A URL for the client to name; nothing listens there. */
  readonly url: string;
  /** A token that works. */
  readonly token: string;
  readonly world: (token?: string) => WorldHandle;
  readonly reset: () => void;
}

export declare function createMock(options?: MockOptions): Mock;
