import type { Selectable } from "kysely";
import type { EventView } from "../schemas/event.ts";
import type { EventRow } from "../store/tables.ts";
import { viewTime } from "../views.ts";

// Frames of the event stream format (HTML standard, section 9.2). JSON has no line ends, so one data line is enough.

/** Sent when nothing else is, so that whoever is between knows that the stream is alive. */
export const PING = ": ping\n\n";

/** The frame of an event. What is in the payload is JSON already, and a replay has many: it is not read again. */
export function eventFrame({
  id,
  type,
  gid,
  subject,
  payload,
  created_at: at,
}: Selectable<EventRow>): string {
  const view: Omit<EventView, "data"> = { id, type, gid, subject, at: viewTime(at) };
  const data = `${JSON.stringify(view).slice(0, -1)},"data":${payload}}`;
  return `id: ${id}\nevent: ${type}\ndata: ${data}\n\n`;
}

/** Says how far the stream has come although nothing was sent: whoever goes on from there misses nothing. */
export const bookmarkFrame = (id: number): string => `id: ${id}\nevent: bookmark\ndata: {"id":${id}}\n\n`;

/** Says that the gateway ends, and when to ask again. */
export const shutdownFrame = (id: number): string =>
  `retry: 1000\nid: ${id}\nevent: shutdown\ndata: {"id":${id}}\n\n`;
