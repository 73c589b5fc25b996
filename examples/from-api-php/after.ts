import { allPermissions, normalFlags, withFlags, type Client } from "@mesibo-groups/core";

/** A team's chat, with the client. A call that was not done throws, and says whether it may have happened. */
export function teams(client: Client) {
  return {
    create: async (name: string, people: readonly string[]): Promise<number> => {
      const flags = withFlags(normalFlags, { send: "selected" });
      return (await client.groups.create({ name, flags, members: people })).gid;
    },
    mute: (gid: number, addresses: readonly string[]) =>
      client.members.add({
        gid,
        addresses,
        permissions: { ...allPermissions, send: false, publish: false },
      }),
    remove: (gid: number, addresses: readonly string[]) => client.members.remove({ gid, addresses }),
    rename: (gid: number, name: string) => client.groups.edit({ gid, name }),
  };
}
