import type { CallRecord } from "@mesibo-groups/core";
import type { CallFormat } from "./format.ts";
import { asClient, asFetch } from "./javascript.ts";
import { asCurl, asHttpie } from "./shell.ts";

const writers = {
  curl: asCurl,
  httpie: asHttpie,
  fetch: asFetch,
  client: asClient,
} as const satisfies Record<CallFormat, (record: CallRecord) => string>;

/** A call in a format that can be pasted and run. Neither app token nor API key is ever in it. */
export const asCode = (record: CallRecord, format: CallFormat): string => writers[format](record);
