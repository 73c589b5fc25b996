/** Where a value is from: the layer, and the option, variable or file. */
export interface Origin {
  readonly layer: "flag" | "environment" | "project" | "user" | "default";
  readonly from: string;
}

/** A value with its origin. */
export interface Valued<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** The first candidate that is given, else the default. */
export function pick<T>(candidates: readonly (readonly [T | undefined, Origin])[], fallback: T): Valued<T> {
  for (const [value, origin] of candidates) if (value !== undefined) return { value, origin };
  return { value: fallback, origin: { layer: "default", from: "default" } };
}
