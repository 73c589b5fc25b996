import type { KnownProfile } from "../../src/profile/known.ts";
import type { Profiles } from "../../src/session.ts";

/** The mock inside, as every list of profiles ends with it. */
export const inside: KnownProfile = {
  name: "embedded",
  kind: "mock",
  url: undefined,
  readOnly: false,
  danger: false,
  isDefault: false,
  stored: undefined,
  usedAt: undefined,
};

/** A list with a profile of each sort in it. */
export const known: readonly KnownProfile[] = [
  {
    ...inside,
    name: "local",
    url: "http://127.0.0.1:4010/backend/",
    isDefault: true,
    stored: { kind: "mock", url: "http://127.0.0.1:4010/backend/" },
    usedAt: new Date(2026, 10, 22, 9, 30).getTime(),
  },
  {
    ...inside,
    name: "live",
    kind: "mesibo",
    url: "https://api.mesibo.com/backend/",
    danger: true,
    stored: { kind: "mesibo", token_command: ["pass", "show", "mesibo/app-token"], danger: true },
    usedAt: new Date(2026, 10, 23, 8, 5).getTime(),
  },
  {
    ...inside,
    name: "look",
    kind: "mesibo",
    url: "https://api.mesibo.com/backend/",
    readOnly: true,
    danger: true,
    stored: { kind: "mesibo", token_file: "~/.mesibo-token", read_only: true, danger: true },
  },
  inside,
];

/** Profiles that are in no file; a test of one finds its token refused. */
export const profilesLike = (list: readonly KnownProfile[]): Profiles => ({
  list: async () => list,
  open: async (name) => {
    throw new Error(`${name} is in no file, so it cannot be opened.`);
  },
  change: async () => undefined,
  test: async (_, onStep) => {
    onStep({ name: "server", value: "http://127.0.0.1:4010/backend/", state: "ok" });
    onStep({ name: "credential", value: "token_file, set (44 chars, sha256:ab12…)", state: "ok" });
    onStep({ name: "answer", value: "401: the token was refused.", state: "wrong" });
    return false;
  },
});
