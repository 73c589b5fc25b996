import type { Message } from "@mesibo-groups/core";
import { addressesIn, fieldOf, numberIn } from "../form.ts";

const TRANSIENT = 4;

/** The message that a form describes. */
export const messageIn = (form: URLSearchParams): Message => ({
  from: fieldOf(form, "from"),
  to: addressesIn(form, "to"),
  gid: numberIn(form, "gid"),
  text: fieldOf(form, "text"),
  flag: form.has("transient") ? TRANSIENT : undefined,
  forced: form.has("forced") ? true : undefined,
});
