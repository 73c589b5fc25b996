// What a user writes in TypeScript: compiled against the packed packages, and never run.
import {
  createClient,
  describeFlags,
  flagPresets,
  MesiboError,
  parseFlags,
  type GroupFlags,
  type Client,
} from "@mesibo-groups/core";
import { decodeRequest } from "@mesibo-groups/core/wire";
import { createMock, startMock } from "@mesibo-groups/mock-server";

const client: Client = createClient({ token: "t" });
const parsed = parseFlags("0x91");
const flags: GroupFlags = parsed.ok ? parsed.flags : flagPresets.broadcast;
const words: string = describeFlags(flags);
const mock = createMock();
const sameClient: Client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });

export async function use(): Promise<readonly number[]> {
  try {
    const { gid } = await client.groups.create({ name: words, flags });
    const server = await startMock({ port: 0 });
    await server.close();
    return [gid, (await sameClient.groups.create({ name: "News" })).gid];
  } catch (error) {
    if (error instanceof MesiboError) return [error.kind.length, decodeRequest.length];
    throw error;
  }
}

// @ts-expect-error a flag is no text
void createClient({ token: "t" }).groups.create({ name: "News", flags: "broadcast" });
