/** The ways to write a call down, in the order of the keys that switch them. */
export const callFormats = ["curl", "httpie", "fetch", "client"] as const;

/** One way to write a call down. */
export type CallFormat = (typeof callFormats)[number];

/** The name of each format for people. */
export const formatNames = {
  curl: "curl",
  httpie: "HTTPie",
  fetch: "fetch",
  client: "core client",
} as const satisfies Record<CallFormat, string>;

/** The format that is so many places behind another one; the last is followed by the first. */
export function formatAfter(format: CallFormat, by: 1 | -1): CallFormat {
  const count = callFormats.length;
  return callFormats[(callFormats.indexOf(format) + by + count) % count] ?? format;
}
