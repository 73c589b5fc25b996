import {
  createClient,
  noPermissions,
  type Client,
  type ClientOptions,
  type Member,
} from "@mesibo-groups/core";
import { createMock, type Mock, type SeedGroup } from "@mesibo-groups/mock-server";
import type { Put } from "../../src/bulk/edit.ts";
import type { Present } from "../../src/bulk/present.ts";
import type { Fetch } from "../support/fetch.ts";

/** The first group of a mock. */
export const gid = 102529;

/** A mock with one group, and a client that counts its calls. */
export interface Place {
  readonly mock: Mock;
  readonly client: Client;
  readonly calls: () => number;
  readonly members: () => readonly Member[];
  /** Everything that is known about the group's members now. */
  readonly present: () => Present;
}

/** What a {@link Place} starts with. */
export interface PlaceOptions {
  readonly users: readonly string[];
  readonly members?: SeedGroup["members"];
  readonly client?: Partial<ClientOptions>;
  /** Stands between the client and the mock. */
  readonly wire?: (fetch: Fetch) => Fetch;
}

/** Opens a place for a test. */
export function openPlace({
  users,
  members = [],
  client = {},
  wire = (fetch) => fetch,
}: PlaceOptions): Place {
  const mock = createMock({ seed: { users, groups: [{ name: "Group", members }] } });
  let calls = 0;
  const counting: Fetch = (url, init) => {
    calls += 1;
    return mock.fetch(url, init);
  };
  const present = () => mock.world().groups()[0]?.members ?? [];
  return {
    mock,
    client: createClient({ token: mock.token, url: mock.url, fetch: wire(counting), retries: 0, ...client }),
    calls: () => calls,
    members: present,
    present: () => ({ members: present(), complete: true }),
  };
}

/** Addresses `u0`, `u1`… */
export const users = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `u${index}`);

/** Additions, one a line, without permissions. */
export const puts = (addresses: readonly string[], permissions = noPermissions): readonly Put[] =>
  addresses.map((address, index) => ({ kind: "put", line: index + 1, address, permissions }));
