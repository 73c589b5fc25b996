import type { CallRecord } from "@mesibo-groups/core";

/** A call that went through a gateway. */
export interface RestCall extends CallRecord {
  readonly method: string;
}

/** Whether a call went through a gateway; mesibo is asked by `POST` alone, and its records name no method. */
export const isRest = (record: CallRecord): record is RestCall => record.method !== undefined;

/** Whether a gateway does the call once only, however often the same Idempotency-Key comes. */
export const isChange = ({ method }: RestCall): boolean => method !== "GET";

/** A gateway's address, as its client takes it. */
export const gatewayUrl = ({ url }: RestCall): string => url.slice(0, url.lastIndexOf("/v1/"));
