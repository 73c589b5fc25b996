/** Calls a listener. One that throws or rejects must not change what becomes of a call, or end the process. */
export function tell<T>(listener: ((value: T) => unknown) | undefined, value: T): void {
  const told = async (): Promise<unknown> => listener?.(value);
  told().catch(() => {});
}
