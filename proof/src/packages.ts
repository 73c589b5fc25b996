import { fileURLToPath } from "node:url";

/** A package that is published. */
export interface Published {
  readonly name: string;
  /** From the root of the repository. */
  readonly folder: string;
  readonly bin?: string;
  /** What its tarball may weigh at most, and what it may bring in once installed. */
  readonly budget: { readonly tarballKiB: number; readonly dependencies: readonly string[] };
}

/** Every package that is published, with what it may weigh. */
export const published: readonly Published[] = [
  {
    name: "@mesibo-groups/core",
    folder: "packages/core",
    budget: { tarballKiB: 400, dependencies: ["zod"] },
  },
  {
    name: "@mesibo-groups/mock-server",
    folder: "packages/mock-server",
    bin: "mesibo-mock",
    budget: {
      tarballKiB: 900,
      dependencies: ["@hono/node-server", "@mesibo-groups/core", "hono", "zod"],
    },
  },
  {
    name: "@mesibo-groups/tui",
    folder: "packages/tui",
    bin: "mesibo-groups",
    budget: { tarballKiB: 900, dependencies: [] },
  },
  {
    name: "@mesibo-groups/http-gateway",
    folder: "apps/http-gateway",
    bin: "mesibo-gateway",
    budget: { tarballKiB: 800, dependencies: [] },
  },
];

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
