import type { TestOptions } from "../../src/profile/test-profile.ts";

/** A `fetch` as tests put something in front of it: its answers are read and written anew. */
export type Fetch = NonNullable<TestOptions["fetch"]>;
