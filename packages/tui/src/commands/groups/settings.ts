import type { Options, Values } from "../options.ts";
import { flagOptions, writeFlagOptions } from "../flags/flag-options.ts";
import { readSeconds } from "../seconds.ts";

/** Options for what a group is made of. */
export const settingOptions = {
  ...flagOptions,
  ...writeFlagOptions,
  expiry: { type: "string", value: "seconds", about: "lifetime; mesibo's default is one year" },
  expiryext: {
    type: "string",
    value: "seconds",
    about: "by how much each activity extends the lifetime; 0 is off",
  },
  active: { type: "boolean", negatable: true, about: "whether the group can be used" },
  pinned: { type: "boolean", negatable: true, about: "whether the group is pinned" },
} as const satisfies Options;

/** The settings that are no flag. */
export const readSettings = ({ expiry, expiryext, active, pinned }: Values<typeof settingOptions>) => ({
  expiry: readSeconds("expiry", expiry),
  expiryext: readSeconds("expiryext", expiryext),
  active,
  pinned,
});
