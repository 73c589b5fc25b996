import { createClient } from "@mesibo-groups/core";
import { startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { createGateway } from "../../src/gateway.ts";
import { createEngine, type Engine } from "../../src/operations/engine.ts";
import { serve } from "../../src/serve.ts";
import { fetchWithin } from "../../src/upstream-fetch.ts";
import { KEY, NOW, TOKEN } from "../support/gateway.ts";
import type { PlaceKind } from "../store/stores.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";

/** Everybody whom the mock knows unless others are given; nobody else can be a member. */
export const USERS = ["ann", "ben", "cy", "dee"];

/** Gateways with faults on both sides: clients, a proxy for each gateway, gateways, one proxy, a mock. */
export interface Run {
  /** Where clients ask: one for each gateway. */
  readonly urls: readonly string[];
  readonly mock: RunningMock;
  readonly engine: Engine;
  /** Between clients and gateways. */
  readonly fronts: readonly FaultProxy[];
  /** Between the gateways and the mock. */
  readonly back: FaultProxy;
  readonly close: () => Promise<void>;
}

/** How long a gateway waits for the mock, in milliseconds: short, so that many answers can be missing. */
const TIMEOUT_MS = 800;

const shutdown = { delayMs: 0, graceMs: 1_000 };

/** How a run is made. */
export interface RunOptions {
  /** Everybody whom the mock knows. Default: {@link USERS}. */
  readonly users?: readonly string[];
  /** How long a gateway waits for the mock. Default: {@link TIMEOUT_MS}. */
  readonly timeoutMs?: number;
}

/** Starts as many gateways as can share a place of this kind: two on a server, one on a file. */
export async function startRun(
  kind: PlaceKind,
  { users = USERS, timeoutMs = TIMEOUT_MS }: RunOptions = {},
): Promise<Run> {
  const mock = await startMock({ tokens: [TOKEN], seed: { users, groups: [] }, now: () => NOW });
  const back = await startFaultProxy(mock.url);
  const place = await kind.make();

  async function startOne(instance: string) {
    const store = await place.open();
    const client = createClient({
      token: TOKEN,
      url: new URL("/backend/", back.url).href,
      timeoutMs,
      deadlineMs: 10 * timeoutMs,
      fetch: fetchWithin(timeoutMs),
    });
    const engine = createEngine({ store, client, instance, now: () => NOW * 1000 });
    const app = createGateway({ engine, apiKeys: [KEY] });
    const fetch = (request: Request) => app.fetch(request);
    const gateway = await serve({ fetch, port: 0, host: "127.0.0.1", shutdown });
    const front = await startFaultProxy(gateway.url);
    return { engine, store, gateway, front };
  }

  const first = await startOne("one");
  const all = kind.shared ? [first, await startOne("two")] : [first];
  return {
    urls: all.map(({ front }) => front.url),
    mock,
    engine: first.engine,
    fronts: all.map(({ front }) => front),
    back,
    close: async () => {
      for (const { front, gateway, store } of all) {
        await front.close();
        await gateway.close();
        await store.close();
      }
      await back.close();
      await mock.close();
      await place.remove();
    },
  };
}
