import type { Reply } from "../reply.ts";
import type { Effect } from "./faults.ts";

/** How an answer goes out. */
export interface Course {
  readonly status: number;
  readonly contentType: string;
  /** What is promised, in bytes. */
  readonly length: number;
  readonly chunks: Iterable<Uint8Array>;
  /** The time between two chunks. */
  readonly everyMs: number;
  /** Whether the connection is closed after the last chunk, before all that was promised. */
  readonly cut: boolean;
}

const CHUNK = 65_536;
const encoder = new TextEncoder();

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

/** The answer that takes the place of the true one, where an effect has one. */
export function replaced(reply: Reply, effect: Effect | undefined): Reply {
  if (effect?.effect === "html") return { status: 200, contentType: "text/html", text: page("Welcome") };
  if (effect?.effect !== "status") return reply;
  const { status, body } = effect;
  return body === undefined
    ? { status, contentType: "text/html", text: page(String(status)) }
    : { status, contentType: body.startsWith("{") ? "application/json" : "text/plain", text: body };
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** The same JSON object with a long text in front, made piece by piece. */
function* padded(bytes: Uint8Array, padding: number): Generator<Uint8Array> {
  yield encoder.encode('{"padding":"');
  const filler = new Uint8Array(Math.min(CHUNK, padding)).fill(0x78);
  for (let left = padding; left > 0; left -= filler.length) yield filler.subarray(0, left);
  yield encoder.encode('",');
  yield bytes.subarray(1);
}

const FRAME = encoder.encode('{"padding":"').length + encoder.encode('",').length - 1;

/** The way of an answer under an effect; undefined where there is none, because the connection is closed. */
export function courseOf({ status, contentType, text }: Reply, effect: Effect): Course | undefined {
  if (effect.effect === "close") return undefined;
  const bytes = encoder.encode(text);
  const whole = {
    status,
    contentType,
    length: bytes.length,
    chunks: pieces(bytes, CHUNK),
    everyMs: 0,
    cut: false,
  };
  if (effect.effect === "drip")
    return { ...whole, chunks: pieces(bytes, effect.bytes), everyMs: effect.every_ms };
  if (effect.effect === "truncate") {
    // At least one byte must be missing, or nothing would be cut.
    const kept = Math.min(effect.bytes ?? Math.floor(bytes.length / 2), bytes.length - 1);
    return { ...whole, chunks: pieces(bytes.subarray(0, kept), CHUNK), cut: true };
  }
  if (effect.effect !== "huge") return whole;
  const padding = Math.max(0, effect.bytes - bytes.length - FRAME);
  return { ...whole, length: bytes.length + FRAME + padding, chunks: padded(bytes, padding) };
}
