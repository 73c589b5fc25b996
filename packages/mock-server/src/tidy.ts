/** A body of more bytes than this is worth tidying up after. */
export const LARGE_BODY_BYTES = 256 * 1024;

const IDLE_MS = 100;

/**
 * A function to be called after a large body: it gives its garbage back when nothing has come for a moment.
 *
 * A list of 100,000 addresses leaves ten times its size behind. On a machine with memory to spare V8 keeps that for
 * minutes and lets a large heap double, so a world of a million memberships would weigh 490 MiB and not 150. This
 * sets flags of the whole process, and so is for the bin alone.
 */
export function createTidy(): () => void {
  let timer: NodeJS.Timeout | undefined;
  let collect: unknown;

  const tidy = (): void => {
    if (collect === undefined) {
      const v8 = process.getBuiltinModule("node:v8");
      v8.setFlagsFromString("--heap-growing-percent=20");
      v8.setFlagsFromString("--expose-gc");
      collect = process.getBuiltinModule("node:vm").runInNewContext("gc");
    }
    if (typeof collect === "function") collect({ type: "major", flavor: "last-resort" });
  };

  return () => {
    clearTimeout(timer);
    timer = setTimeout(tidy, IDLE_MS);
    timer.unref();
  };
}
