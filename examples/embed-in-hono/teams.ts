import { MembersError, MesiboError, noPermissions, type Client } from "@mesibo-groups/core";
import { Hono } from "hono";

/** What a caller is told about a call to mesibo that did not end well. */
const answers = {
  refused: { status: 422, advice: "Nothing was done. Put the request right." },
  not_sent: { status: 503, advice: "Nothing was sent. Send it again." },
  unknown: { status: 504, advice: "It may have happened. Look before you send it again." },
} as const;

/** A service that keeps a chat group for each team. It is given its client, so a test can give it another one. */
export function createTeams(client: Client): Hono {
  const app = new Hono();

  app.post("/teams", async (c) => {
    const { name, people } = await c.req.json<{ name: string; people: string[] }>();
    const { gid } = await client.groups.create({ name });
    // The team exists from here on: whoever cannot be added is named, and the others are in.
    const { done, refused } = await client.members
      .add({ gid, addresses: people, permissions: { ...noPermissions, send: true, receive: true } })
      .catch((error: unknown) => {
        if (error instanceof MembersError && error.report.unknown.length === 0) return error.report;
        throw error;
      });
    return c.json({ gid, members: done, no_users: refused.map(({ address }) => address) }, 201);
  });

  app.delete("/teams/:gid", async (c) => {
    await client.groups.delete(Number(c.req.param("gid")));
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    if (!(error instanceof MesiboError)) throw error;
    const { status, advice } = answers[error.outcome];
    return c.json({ error: error.kind, message: error.message, advice }, status);
  });

  return app;
}
