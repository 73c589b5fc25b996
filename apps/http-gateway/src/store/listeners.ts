import type { Topic } from "./store.ts";

/** Who is called back on which topic. */
export interface Listeners {
  readonly add: (topic: Topic, listener: () => void) => () => void;
  readonly tell: (topic: Topic) => void;
}

/** Makes an empty list of listeners. */
export function createListeners(): Listeners {
  const byTopic = new Map<Topic, Set<() => void>>();

  return {
    add: (topic, listener) => {
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
    tell: (topic) => {
      for (const listener of byTopic.get(topic) ?? []) listener();
    },
  };
}
