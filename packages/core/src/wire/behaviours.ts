import type { Rule } from "../domain/rules.ts";

/**
 * How requests are read and answers written, with what it rests on, by id.
 *
 * @example
 * ```ts
 * import { wireBehaviours } from "@mesibo-groups/core/wire";
 *
 * console.assert(wireBehaviours.any_encoding.confidence === "recorded");
 * ```
 */
export const wireBehaviours = {
  any_encoding: {
    id: "any_encoding",
    sentence: "Parameters are read from a query, a form or JSON, with any method.",
    source: "D0, CON, SAM22, ROWN; Laravel ids show a GET with a body",
    confidence: "recorded",
  },
  json_wins: {
    id: "json_wins",
    sentence:
      "Where a parameter comes twice, JSON wins over a form and a form over the query; of two equals the last.",
    source: "section 10, row 6; PHP for the last",
    confidence: "assumed",
  },
  nested_wins: {
    id: "nested_wins",
    sentence: "In JSON a nested spelling of a parameter wins over a flat one.",
    source: "section 10, row 6",
    confidence: "assumed",
  },
  repeated_list: {
    id: "repeated_list",
    sentence: "A list m that is repeated, or a JSON array, is one list.",
    source: "section 10, row 24",
    confidence: "assumed",
  },
  address_trimmed: {
    id: "address_trimmed",
    sentence: "Spaces around an address are dropped, where it stands alone too; only spaces is no address.",
    source: "section 10, rows 12 and 23",
    confidence: "assumed",
  },
  list_items: {
    id: "list_items",
    sentence: "Items of a list are trimmed, empty ones dropped and repeated ones taken once, in their order.",
    source: "section 10, row 12",
    confidence: "assumed",
  },
  plus_is_space: {
    id: "plus_is_space",
    sentence: "An unencoded + in a query or a form is a space.",
    source: "the rule of forms (section 10, row 23)",
    confidence: "assumed",
  },
  unknown_ignored: {
    id: "unknown_ignored",
    sentence: "Unknown parameters do no harm.",
    source: "MAB appends sig=none",
    confidence: "recorded",
  },
  leave_alone: {
    id: "leave_alone",
    sentence: "Empty text and -1 on groupset leave a setting as it is.",
    source: "CON, CONF; expiryext and userset's by analogy",
    confidence: "recorded",
  },
  flag_text: {
    id: "flag_text",
    sentence: "A flag is decimal or hexadecimal text of 32 bits without a sign; unknown bits are kept.",
    source: "section 10, row 17",
    confidence: "assumed",
  },
  alias_getmembers: {
    id: "alias_getmembers",
    sentence: "The op getmembers is groupgetmembers.",
    source: "MAB, CONF call it; that the server takes it is INFERRED",
    confidence: "assumed",
  },
  envelope_by_path: {
    id: "envelope_by_path",
    sentence:
      "/api.php answers with app, uts and disabled and numbers as text, /backend without; whatever the parameters look like.",
    source: "ND; DL",
    confidence: "recorded",
  },
  failure_shape: {
    id: "failure_shape",
    sentence: "A failure is error, code, cause, properties, op, result, in both dialects.",
    source: "TH PR #1162 for /api.php; that /backend has the same shape is INFERRED",
    confidence: "assumed",
  },
  id_echoed: {
    id: "id_echoed",
    sentence: "An id of the caller's is echoed.",
    source: "D2, DL",
    confidence: "documented",
  },
  members_answer: {
    id: "members_answer",
    sentence:
      "groupgetmembers on /api.php names the permissions cansend, canrecv, canpub, cansub and canlist.",
    source: "CON for the first two; the others by analogy",
    confidence: "assumed",
  },
} as const satisfies Record<string, Rule>;
