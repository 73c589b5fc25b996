// Preloaded into a server under measurement: answers every message with what the process has used so far, and how
// late its event loop was since the message before.
import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
loop.enable();

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  // Node counts the pause between two looks, not what it was longer than it should be.
  const loopDelayMs = Math.max(0, loop.percentile(99) / 1e6 - RESOLUTION_MS);
  loop.reset();
  process.send({ cpuUs: user + system, rssBytes: process.memoryUsage.rss(), loopDelayMs });
});
process.channel.unref();
