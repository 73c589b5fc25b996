import type { Command, MakeCommand } from "./command.ts";

/** A command before it is loaded. */
export interface Row {
  /** As it is typed: `groups show <gid>`. */
  readonly usage: string;
  readonly about: string;
  readonly load: () => Promise<MakeCommand>;
}

/** Every command, in the order of `--help`. Each is loaded only when it is asked for. */
export const table: readonly Row[] = [
  {
    usage: "groups list",
    about: "list the groups of the app",
    load: async () => (await import("./groups/list.ts")).groupsList,
  },
  {
    usage: "groups show <gid>",
    about: "show one group",
    load: async () => (await import("./groups/show.ts")).groupsShow,
  },
  {
    usage: "groups create <name>",
    about: "make a group; running it twice makes two groups",
    load: async () => (await import("./groups/create.ts")).groupsCreate,
  },
  {
    usage: "groups edit <gid>",
    about: "change a group; what is not given stays as it is",
    load: async () => (await import("./groups/edit.ts")).groupsEdit,
  },
  {
    usage: "groups delete <gid>",
    about: "delete a group with its memberships; needs --confirm <gid>",
    load: async () => (await import("./groups/delete.ts")).groupsDelete,
  },
  {
    usage: "groups clone <gid> <name>",
    about: "make a group like another one, with its members and their permissions",
    load: async () => (await import("./groups/clone.ts")).groupsClone,
  },
  {
    usage: "groups diff <gid> <other>",
    about: "say what differs between two groups; exit 10 where that is something",
    load: async () => (await import("./groups/diff.ts")).groupsDiff,
  },
  {
    usage: "groups plan <file>",
    about: "say what groups apply would change; exit 10 where that is something",
    load: async () => (await import("./groups/plan.ts")).groupsPlan,
  },
  {
    usage: "groups apply <file>",
    about: "make groups as a file wants them; prints the difference first, and deletes no group",
    load: async () => (await import("./groups/apply.ts")).groupsApply,
  },
  {
    usage: "members list <gid>",
    about: "list the members of a group with their permissions",
    load: async () => (await import("./members/list.ts")).membersList,
  },
  {
    usage: "members add <gid> <address>…",
    about: "add members, with all five permissions unless --no-<permission> takes one away",
    load: async () => (await import("./members/add.ts")).membersAdd,
  },
  {
    usage: "members set <gid> <address>…",
    about: "change permissions of members; what is not given stays as it is",
    load: async () => (await import("./members/set.ts")).membersSet,
  },
  {
    usage: "members remove <gid> <address>…",
    about: "remove members; more than 25 or all of them need --confirm <gid>",
    load: async () => (await import("./members/remove.ts")).membersRemove,
  },
  {
    usage: "members import <gid> <file>",
    about: "add the members of a list, or change their permissions; removes none",
    load: async () => (await import("./members/import.ts")).membersImport,
  },
  {
    usage: "members export <gid>",
    about: "print the members as CSV that members import and members sync read",
    load: async () => (await import("./members/export.ts")).membersExport,
  },
  {
    usage: "members sync <gid> <file>",
    about: "make the members of a group those of a list; prints the difference first",
    load: async () => (await import("./members/sync.ts")).membersSync,
  },
  {
    usage: "simulate <gid> <from>",
    about: "say who would get a message, and why; nothing is sent to anybody",
    load: async () => (await import("./simulate.ts")).simulate,
  },
  {
    usage: "flags explain <flag>",
    about: "say what a flag means, bit by bit",
    load: async () => (await import("./flags/explain.ts")).flagsExplain,
  },
  {
    usage: "flags parse <flag>",
    about: "read a flag and write it as decimal, hexadecimal, binary and names",
    load: async () => (await import("./flags/parse.ts")).flagsParse,
  },
  {
    usage: "flags build",
    about: "make a flag from its fields",
    load: async () => (await import("./flags/build.ts")).flagsBuild,
  },
  {
    usage: "flags list",
    about: "list every bit with a known name, and the kinds of group",
    load: async () => (await import("./flags/list.ts")).flagsList,
  },
  {
    usage: "requests tail",
    about: "follow the requests that a mock over HTTP gets, one JSON object a line",
    load: async () => (await import("./requests/tail.ts")).requestsTail,
  },
  {
    usage: "ops list",
    about: "list the changes that a gateway keeps, or those of unknown outcome that this machine keeps",
    load: async () => (await import("./ops/list.ts")).opsList,
  },
  {
    usage: "ops show <id>",
    about: "show one of them",
    load: async () => (await import("./ops/show.ts")).opsShow,
  },
  {
    usage: "ops resolve <id>",
    about: "settle a change whose outcome is unknown",
    load: async () => (await import("./ops/resolve.ts")).opsResolve,
  },
  {
    usage: "gateway keys",
    about: "list the API keys of a gateway, without their secrets",
    load: async () => (await import("./gateway/keys.ts")).gatewayKeys,
  },
  {
    usage: "gateway audit",
    about: "print a gateway's audit: who asked for what, and how it ended",
    load: async () => (await import("./gateway/audit.ts")).gatewayAudit,
  },
  {
    usage: "mock start",
    about: "serve a mock until it is stopped",
    load: async () => (await import("./mock/start.ts")).mockStart,
  },
  {
    usage: "mock reset",
    about: "bring the mock's world back to its seed",
    load: async () => (await import("./mock/reset.ts")).mockReset,
  },
  {
    usage: "mock seed <seed>",
    about: "add users and groups to the mock's world",
    load: async () => (await import("./mock/seed.ts")).mockSeed,
  },
  {
    usage: "mock snapshot",
    about: "print the mock's world as JSON, or restore one",
    load: async () => (await import("./mock/snapshot.ts")).mockSnapshot,
  },
  {
    usage: "mock clock",
    about: "tell the mock's time, or change it",
    load: async () => (await import("./mock/clock.ts")).mockClock,
  },
  {
    usage: "mock fault [<file>]",
    about: "list what the mock does wrong on purpose, or change it",
    load: async () => (await import("./mock/fault.ts")).mockFault,
  },
  {
    usage: "mock journal",
    about: "print the latest requests that the mock got, and why they were answered so",
    load: async () => (await import("./mock/journal.ts")).mockJournal,
  },
  {
    usage: "profile list",
    about: "list the profiles of config.json, and the mock inside",
    load: async () => (await import("./profile/list.ts")).profileList,
  },
  {
    usage: "profile add <name>",
    about: "add a profile to config.json; the token itself has no place in it",
    load: async () => (await import("./profile/add.ts")).profileAdd,
  },
  {
    usage: "profile use <name>",
    about: "make a profile the default",
    load: async () => (await import("./profile/change.ts")).profileUse,
  },
  {
    usage: "profile remove <name>",
    about: "take a profile out of config.json; its token stays where it is",
    load: async () => (await import("./profile/change.ts")).profileRemove,
  },
  {
    usage: "profile test [<name>]",
    about:
      "ask the profile's server once, with a call that changes nothing; mesibo counts the addresses that ask",
    load: async () => (await import("./profile/test.ts")).profileTest,
  },
  {
    usage: "doctor",
    about: "tell every value that counts with its origin, and what is wrong; --call asks the server once",
    load: async () => (await import("./doctor.ts")).doctor,
  },
  {
    usage: "schema",
    about: "print the JSON Schema of config.json, for editors",
    load: async () => (await import("./schema.ts")).schema,
  },
  {
    usage: "completion <shell>",
    about: "print a completion script for bash, zsh, fish",
    load: async () => (await import("./completion/completion.ts")).completion(loadCommands),
  },
];

/** The name of a command: `groups show`. */
export const nameOf = ({ usage }: Row): string => usage.split(/ [<[]/)[0] ?? usage;

/** Loads a command. */
export const loadCommand = async (row: Row): Promise<Command> =>
  (await row.load())({ name: nameOf(row), about: row.about });

/** Loads every command, for completion scripts and help as data. */
export const loadCommands = (): Promise<readonly Command[]> => Promise.all(table.map(loadCommand));
