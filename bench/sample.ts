import { load } from "./load.ts";
import type { Server } from "./server.ts";

/** A load on one server for some time. */
export interface Sampling {
  readonly next: () => Buffer;
  readonly connections: number;
  readonly milliseconds: number;
  /** Ends sooner, once there are so many answers. */
  readonly enough?: number | undefined;
}

/** What a server did under a load. */
export interface Sample {
  readonly perSecond: number;
  /** Microseconds of CPU for one request. */
  readonly cpuUs: number;
  readonly rssBytes: number;
  readonly loopDelayMs: number;
  readonly latenciesMs: readonly number[];
}

/** Loads a server, and reads what that took of its process. */
export async function sample(server: Pick<Server, "port" | "usage">, sampling: Sampling): Promise<Sample> {
  const latenciesMs: number[] = [];
  const before = await server.usage();
  const started = performance.now();
  const onAnswer = (milliseconds: number): void => void latenciesMs.push(milliseconds);
  const answers = await load({ port: server.port, ...sampling, onAnswer });
  const seconds = (performance.now() - started) / 1_000;
  const { cpuUs, rssBytes, loopDelayMs } = await server.usage();
  return {
    perSecond: answers / seconds,
    cpuUs: (cpuUs - before.cpuUs) / answers,
    rssBytes,
    loopDelayMs,
    latenciesMs,
  };
}
