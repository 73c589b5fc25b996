import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { allPermissions, type Client } from "@mesibo-groups/core";
import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { clientFor } from "./client.ts";

/** What some service does, whoever holds the token. */
async function openChat(client: Client): Promise<{ gid: number; members: readonly string[] }> {
  const { gid } = await client.groups.create({ name: "Chat" });
  const addresses = ["alice@example.com", "bob@example.com"];
  await client.members.add({ gid, addresses, permissions: allPermissions });
  const members = await client.members.list({ gid });
  return { gid, members: members.map(({ address }) => address) };
}

/** A gateway in demo mode, as `mesibo-gateway --json` starts it. */
async function startGateway() {
  const bin = createRequire(import.meta.url).resolve("@mesibo-groups/http-gateway/dist/cli.js");
  const child = spawn(process.execPath, [bin, "--port", "0", "--json"], {
    env: {},
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { url, apiKey } = JSON.parse(line.toString()) as { url: string; apiKey: string };
  return {
    env: { GATEWAY_URL: url, GATEWAY_API_KEY: apiKey },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      child.kill();
      await once(child, "close");
    },
  };
}

test("the same service works with the app token and through a gateway", async () => {
  const mock = await startMock({ seed: demoSeed });
  const directly = await openChat(clientFor({ MESIBO_URL: mock.url, MESIBO_APP_TOKEN: mock.token }));
  await mock.close();

  await using gateway = await startGateway();
  const through = await openChat(clientFor(gateway.env));

  expect(through).toEqual(directly);
});
