/** The longest delay of an answer: 10 minutes. */
export const MAX_DELAY_MS = 600_000;

/** The longest time between two pieces of a dripped answer: a minute. */
export const MAX_DRIP_MS = 60_000;

/** The largest answer that a fault makes: 64 MiB. */
export const MAX_HUGE_BYTES = 64 * 1024 * 1024;
