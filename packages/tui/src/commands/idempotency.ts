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
  if (/^[\u0021\u0023-\u007e]{1,255}$/.test(key)) return key;
  throw usage(
    "--idempotency-key must be 1 to 255 visible ASCII characters without quotes, such as a UUID. Nothing was sent.",
  );
}
