import { usage } from "./command-error.ts";
import type { Connection } from "./connect.ts";
import type { Options } from "./options.ts";

/** The option of a change that a gateway does once, however often it is asked. */
export const idempotencyOption = {
  "idempotency-key": {
    type: "string",
    value: "key",
    about: "through a gateway: run again with the same key, it is done once",
  },
} as const satisfies Options;

/** The key of one of the changes that a command makes: what is run again makes the same ones in the same order. */
export const partKey = (key: string | undefined, part: string | number): string | undefined =>
  key === undefined ? undefined : `${key}-${part}`;

// A gateway takes keys of up to 255 characters; a command of several changes adds to it.
/** The key, where one was given. Throws a `CommandError` where it would mean nothing, or is none. */
export function idempotencyKeyOf(
  { "idempotency-key": key }: { readonly "idempotency-key"?: string | undefined },
  { kind }: Pick<Connection, "kind">,
): string | undefined {
  if (key === undefined) return undefined;
  if (kind !== "gateway")
    throw usage(
      "--idempotency-key is for a gateway: mesibo does a repeated change again. Set GATEWAY_URL, or leave it out. Nothing was sent.",
    );
  if (/^[\u0021\u0023-\u007e]{1,200}$/.test(key)) return key;
  throw usage(
    "--idempotency-key must be 1 to 200 visible ASCII characters without quotes, such as a UUID. Nothing was sent.",
  );
}
