/** The keyboard sends these to everybody at the terminal: they are meant for the program that has it. */
const fromKeyboard = ["SIGINT", "SIGQUIT"] as const;

const ending = ["SIGTERM", "SIGHUP"] as const;

const ignore = (): void => undefined;

/**
 * Holds back what would end this process, so that the terminal and the files of a program are seen to first.
 * `stop` fires when such a signal has come; it is passed on at the end.
 */
export async function holdingSignals<T>(during: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const end = (signal: NodeJS.Signals): void => {
    received ??= signal;
    controller.abort();
  };
  for (const signal of fromKeyboard) process.on(signal, ignore);
  for (const signal of ending) process.on(signal, end);
  try {
    return await during(controller.signal);
  } finally {
    for (const signal of fromKeyboard) process.off(signal, ignore);
    for (const signal of ending) process.off(signal, end);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
