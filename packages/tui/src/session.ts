import type { CallRecord, Client } from "@mesibo-groups/core";
import { createOperations } from "./gateway/operations.ts";
import type { Operations } from "./operation.ts";
import { keptOperations } from "./kept/operations.ts";
import { maxMembersOf } from "./limits.ts";
import { createControl, type Control } from "./control/control.ts";
import { EMBEDDED } from "./profile/choose.ts";
import { openConnection } from "./profile/connection.ts";
import { editConfig, type ConfigChange } from "./profile/edit.ts";
import { knownProfiles, type KnownProfile } from "./profile/known.ts";
import { markUsed } from "./profile/last-used.ts";
import { loadFiles } from "./profile/load.ts";
import { acknowledgeNotice, pendingNotice } from "./profile/notice.ts";
import { configPath } from "./profile/paths.ts";
import { resolve, type Flags, type Resolved } from "./profile/resolve.ts";
import type { Config, Profile } from "./profile/schema.ts";
import type { Surroundings } from "./profile/surroundings.ts";
import { testProfile, type TestStep } from "./profile/test-profile.ts";
import type { Connection } from "./state/model.ts";

/** A server that the application can talk to. Opening it has sent nothing. */
export interface Session {
  readonly client: Client;
  readonly connection: Connection;
  /** Of the mock; undefined for any other server. */
  readonly control: Control | undefined;
  /** What a gateway keeps of unknown outcomes, or this machine; undefined for the mock inside. */
  readonly operations: Operations | undefined;
  /** Members that the server lists at most: a list of so many may not be the whole. */
  readonly maxMembers: number;
  /** Remembers that the notice before the first call was answered; resolves with why not, where it cannot. */
  readonly acknowledge: () => Promise<string | undefined>;
  /** Remembers that it was connected to. */
  readonly markUsed: () => Promise<void>;
  /** Says who is told of each finished call. */
  readonly listen: (listener: (record: CallRecord) => void) => void;
}

/** A profile to test: as the file has it, or as a form says. */
export interface ProfileToTest {
  readonly profile: string;
  readonly draft?: Profile | undefined;
}

/** The profiles, as the application asks for them. */
export interface Profiles {
  readonly list: () => Promise<readonly KnownProfile[]>;
  readonly open: (profile: string) => Promise<Session>;
  readonly change: (change: ConfigChange) => Promise<void>;
  /** Tests a profile with one call that changes nothing; resolves to whether all is well. */
  readonly test: (tested: ProfileToTest, onStep: (step: TestStep) => void) => Promise<boolean>;
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

async function toTest(around: Surroundings, { profile, draft }: ProfileToTest): Promise<Resolved> {
  const files = await loadFiles(around);
  const { user } = files;
  const path = user?.path ?? configPath(around);
  const content: Config = { version: 1, ...user?.content };
  const drafted = draft && {
    ...files,
    user: {
      path,
      warnings: [],
      content: { ...content, profiles: { ...content.profiles, [profile]: draft } },
    },
  };
  return resolve({ around, flags: { profile }, files: drafted ?? files });
}

/** The profiles to choose from while the application runs. */
export const profilesOf = (around: Surroundings): Profiles => ({
  list: () => knownProfiles(around),
  open: (profile) => openSession({ around, flags: { profile } }),
  change: (change) => editConfig(change, around),
  test: async (tested, onStep) => testProfile({ around, resolved: await toTest(around, tested), onStep }),
});

/** Opens what options, environment and files choose. Throws `ProfileError` where that is not usable. */
export async function openSession({ around, flags }: SessionOptions): Promise<Session> {
  const resolved = resolve({ around, flags, files: await loadFiles(around) });
  let heard: ((record: CallRecord) => void) | undefined;
  let control: Control | undefined;
  let operations: Operations | undefined;
  const client = await openConnection({
    around,
    resolved,
    onCall: (record) => heard?.(record),
    onMock: (place) => {
      control = createControl(place);
    },
    onKept: (kept) => {
      operations = keptOperations(kept);
    },
    onGateway: (place) => {
      operations = createOperations(place);
    },
  });
  const remember = async (): Promise<void> => {
    const profile = resolved.profile.value;
    if (profile !== EMBEDDED) await markUsed(around, { profile, at: Date.now() });
  };
  return {
    client,
    control,
    operations,
    connection: connectionOf(resolved, await pendingNotice({ around, resolved })),
    maxMembers: maxMembersOf(resolved.dialect.value),
    acknowledge: async () => {
      await remember();
      return acknowledgeNotice({ around, resolved });
    },
    markUsed: remember,
    listen: (listener) => {
      heard = listener;
    },
  };
}
