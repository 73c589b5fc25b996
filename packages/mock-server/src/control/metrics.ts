import { liveGroups } from "../engine/expiry.ts";
import type { WorldEntry, Worlds } from "../worlds.ts";

interface Gauge {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly value: (entry: WorldEntry) => number;
}

const gauges: readonly Gauge[] = [
  {
    name: "mesibo_mock_requests_total",
    type: "counter",
    help: "Requests to the emulated paths.",
    value: ({ journal }) => journal.count(),
  },
  { name: "mesibo_mock_users", type: "gauge", help: "Users.", value: ({ world }) => world.users.size },
  {
    name: "mesibo_mock_groups",
    type: "gauge",
    help: "Groups.",
    value: ({ world, clock }) => liveGroups(world, clock.now()).length,
  },
  {
    name: "mesibo_mock_deliveries",
    type: "gauge",
    help: "Deliveries that are remembered.",
    value: ({ world }) => world.deliveries.length,
  },
];

/** The counters of every world as Prometheus text. Worlds are named by id, since tokens are secret. */
export function metrics(worlds: Worlds): string {
  const entries = worlds.list();
  const lines = gauges.flatMap(({ name, type, help, value }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...entries.map((entry) => `${name}{world="${entry.id}"} ${value(entry)}`),
  ]);
  return `${lines.join("\n")}\n`;
}
