/**
 * Waits some milliseconds, or until the signal fires. Leaves no timer and no listener behind. From `alone` on, the
 * wait goes on but keeps no process alive.
 */
export function waitFor(ms: number, signal: AbortSignal | undefined, alone?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      alone?.removeEventListener("abort", letGo);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const letGo = (): void => {
      timer.unref();
    };
    if (alone?.aborted === true) letGo();
    alone?.addEventListener("abort", letGo, { once: true });
    signal?.addEventListener("abort", end, { once: true });
    if (signal?.aborted === true) end();
  });
}
