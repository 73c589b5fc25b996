import type { CallRecord, Client } from "@mesibo-groups/core";
import { MAX_MEMBERS } from "./limits.ts";
import { EMBEDDED } from "./profile/choose.ts";
import { openConnection } from "./profile/connection.ts";
import { listProfiles, type ProfileRow } from "./profile/list.ts";
import { loadFiles } from "./profile/load.ts";
import { acknowledgeNotice, pendingNotice } from "./profile/notice.ts";
import { resolve, type Flags, type Resolved } from "./profile/resolve.ts";
import type { Surroundings } from "./profile/surroundings.ts";
import type { Connection } from "./state/model.ts";

/** A server that the application can talk to. Opening it has sent nothing. */
export interface Session {
  readonly client: Client;
  readonly connection: Connection;
  /** Members that the server lists at most: a list of so many may not be the whole. */
  readonly maxMembers: number;
  /** Remembers that the notice before the first call was answered. */
  readonly acknowledge: () => Promise<void>;
  /** Says who is told of each finished call. */
  readonly listen: (listener: (record: CallRecord) => void) => void;
}

/** The profiles, as the application asks for them. */
export interface Profiles {
  readonly list: () => Promise<readonly ProfileRow[]>;
  readonly open: (profile: string) => Promise<Session>;
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly around: Surroundings;
  readonly flags: Flags;
}

const connectionOf = (resolved: Resolved, notice: string | undefined): Connection => {
  const { profile, kind, url, readOnly, danger } = resolved;
  const embedded = profile.value === EMBEDDED;
  return {
    name: embedded ? "embedded mock" : profile.value,
    profile: profile.value,
    kind: embedded ? undefined : kind.value,
    url: url.value,
    canCreateUsers: kind.value !== "gateway",
    readOnly: readOnly.value ? readOnly.origin.from : undefined,
    danger: danger.value,
    notice,
  };
};

// mesibo: the v1 API lists 20 members at most, whatever the count that is asked for.
const maxMembersOf = ({ dialect }: Resolved): number => (dialect.value === "form" ? 20 : MAX_MEMBERS);

/** The profiles to choose from while the application runs. */
export const profilesOf = (around: Surroundings): Profiles => ({
  list: async () => listProfiles(await loadFiles(around)),
  open: (profile) => openSession({ around, flags: { profile } }),
});

/** Opens what options, environment and files choose. Throws `ProfileError` where that is not usable. */
export async function openSession({ around, flags }: SessionOptions): Promise<Session> {
  const resolved = resolve({ around, flags, files: await loadFiles(around) });
  let heard: ((record: CallRecord) => void) | undefined;
  const client = await openConnection({ around, resolved, onCall: (record) => heard?.(record) });
  return {
    client,
    connection: connectionOf(resolved, await pendingNotice({ around, resolved })),
    maxMembers: maxMembersOf(resolved),
    acknowledge: () => acknowledgeNotice({ around, resolved }),
    listen: (listener) => {
      heard = listener;
    },
  };
}
