import * as z from "zod/mini";

/** The version that this mock writes. It reads this one and those before. */
export const SNAPSHOT_VERSION = 1;

/** Names the kind of the file, so that another JSON is told apart. */
export const SNAPSHOT_FORMAT = "mesibo-mock-world";

const count = z.int().check(z.minimum(0));
const first = z.int().check(z.minimum(1));
const uint32 = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));

const user = z.strictObject({
  uid: count,
  address: z.string().check(z.minLength(1)),
  name: z.string(),
  appid: z.string(),
  token: z.string(),
  active: z.boolean(),
  pinned: z.boolean(),
  online: z.boolean(),
  flag: uint32,
});

/**
 * A membership as address, ordinal and permissions: `send` 1, `receive` 2, `publish` 4, `subscribe` 8, `list` 16.
 * As short as that because there may be a million.
 */
const member = z.tuple([z.string().check(z.minLength(1)), count, z.int().check(z.minimum(0), z.maximum(31))]);

const group = z.strictObject({
  gid: uint32.check(z.minimum(1)),
  name: z.string(),
  flag: uint32,
  expires_at: z.int(),
  expiryext: uint32,
  active: z.boolean(),
  pinned: z.boolean(),
  sflags: uint32,
  cursor: z.int().check(z.minimum(-1)),
  next_ordinal: count,
  members: z.array(member),
});

const delivery = z.strictObject({
  mid: count,
  from: z.string(),
  to: z.string(),
  gid: z.exactOptional(uint32),
  text: z.string(),
  at: z.number(),
  stored: z.boolean(),
  state: z.enum(["delivered", "waiting", "lost"]),
});

/** A world as JSON. */
export const snapshotSchema = z.strictObject({
  format: z.literal(SNAPSHOT_FORMAT),
  version: z.literal(SNAPSHOT_VERSION),
  clock: z.strictObject({ offset: z.number(), frozen_at: z.exactOptional(z.number()) }),
  next: z.strictObject({ uid: first, gid: first, mid: count, token: count }),
  users: z.array(user),
  groups: z.array(group),
  deliveries: z.array(delivery),
});

/** A world as versioned JSON. */
export type Snapshot = z.output<typeof snapshotSchema>;
