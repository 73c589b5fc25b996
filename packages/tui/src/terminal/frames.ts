import { paint, repaint } from "./paint.ts";

/** What Ink erases its last frame with, and the frame behind it. */
// oxlint-disable-next-line no-control-regex -- control sequences are what Ink writes
const erasing = /^(?:\u001b\[2K(?:\u001b\[1A)?)+\u001b\[G|^\u001b\[1;1H\u001b\[J/;

// oxlint-disable-next-line no-control-regex -- what a frame has besides its text: looks and line breaks
const framed = /^(?:\u001b\[[\d;]*m|[^\u0000-\u001f\u007f]|\n)+$/;

// oxlint-disable-next-line no-control-regex -- marks of synchronised output around a frame, and what only waits
const around = /^(?:\u001b\[\?2026[hl])?$/;

/**
 * A terminal for Ink to write whole frames to, of which only the cells that changed reach the real one. Ink's own
 * incremental rendering writes each changed line from its first change to its end: with a list that scrolls, that is
 * the whole screen for each key. Everything that is no frame is written as it is, and the frame after it as a whole.
 */
export function onlyChanges(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  let shown: readonly string[] | undefined;

  function drawn(chunk: string): string {
    const frame = chunk.replace(erasing, "");
    if (around.test(chunk)) return chunk;
    if (!framed.test(frame)) {
      shown = undefined;
      return chunk;
    }
    const lines = frame.replace(/\n$/, "").split("\n").slice(0, stdout.rows);
    const bytes = shown === undefined ? paint(lines) : repaint(shown, lines);
    shown = lines;
    return bytes;
  }

  const to = stdout.write.bind(stdout);
  const write = (chunk: unknown, ...rest: readonly unknown[]): unknown =>
    Reflect.apply(to, undefined, [typeof chunk === "string" ? drawn(chunk) : chunk, ...rest]);

  return new Proxy(stdout, {
    get: (target, key) => {
      if (key === "write") return write;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
