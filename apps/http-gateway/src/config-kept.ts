import { readNumber } from "./config-operations.ts";
import { DAY_MS, defaultKept, type Kept } from "./retention.ts";
import type { Settings } from "./settings.ts";

/** Reads how long what has happened is kept. */
export function readKept(settings: Settings): Kept {
  const days = (name: "EVENT_RETENTION_DAYS" | "AUDIT_RETENTION_DAYS"): number | undefined => {
    const given = readNumber(settings, name, [1, 36_500]);
    return given === undefined ? undefined : given * DAY_MS;
  };
  return {
    eventsMs: days("EVENT_RETENTION_DAYS") ?? defaultKept.eventsMs,
    maxEvents: readNumber(settings, "MAX_EVENTS", [1_000, 100_000_000]) ?? defaultKept.maxEvents,
    auditMs: days("AUDIT_RETENTION_DAYS") ?? defaultKept.auditMs,
  };
}
