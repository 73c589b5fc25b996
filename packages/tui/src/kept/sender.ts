import { hostname } from "node:os";
import type { Entry, Sender } from "./entry.ts";

/** Milliseconds for which a change is believed to be on its way where nobody can be asked, or another program may have the number. */
const LONGEST_MS = 3_600_000;

/** What this process is sending. */
const own = new Set<string>();

/** Says that this process sends a change from now on. */
export function beginSending(id: string): Sender {
  own.add(id);
  return { machine: hostname(), pid: process.pid, at: Date.now() };
}

/** Says that a change is not on its way any more. */
export const endSending = (id: string): boolean => own.delete(id);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether a change is on its way: a process that ended before the answer leaves its outcome unknown. */
export function isSending({ id, sender }: Entry): boolean {
  if (own.has(id)) return true;
  if (sender === undefined || Math.abs(Date.now() - sender.at) > LONGEST_MS) return false;
  if (sender.machine !== hostname()) return true;
  // This process would know it.
  return sender.pid !== process.pid && isAlive(sender.pid);
}
