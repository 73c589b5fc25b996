import type { Sent } from "@mesibo-groups/core";

/** One kind of problem: what its page says, and what every answer of it carries. */
export interface ProblemType {
  readonly status:
    | 400
    | 401
    | 403
    | 404
    | 405
    | 406
    | 409
    | 410
    | 412
    | 413
    | 415
    | 421
    | 422
    | 429
    | 500
    | 501
    | 502
    | 503
    | 504;
  readonly title: string;
  /** Whether the same request may be sent again as it is. An answer can know better. */
  readonly retryable: boolean;
  /** Whether anything was sent to mesibo. An answer can know better. */
  readonly sent: Sent;
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * Every problem that the gateway answers with, by the last part of its type.
 *
 * One table, and so one file however long: pages, document and answers are made from its rows.
 */
export const problemTypes = {
  malformed: {
    status: 400,
    title: "The request cannot be read",
    retryable: false,
    sent: "no",
    meaning: "The body is not JSON in UTF-8, or the path holds broken percent-encoding.",
    remedy: "Send valid JSON in UTF-8, and percent-encode addresses in paths.",
  },
  validation: {
    status: 400,
    title: "The request has fields that cannot be taken",
    retryable: false,
    sent: "no",
    meaning: "At least one field is missing, unknown or has a value that it cannot have.",
    remedy: "Look at `errors`: each names the field, what was expected and what came.",
  },
  "idempotency-key-missing": {
    status: 400,
    title: "The request needs an Idempotency-Key",
    retryable: false,
    sent: "no",
    meaning:
      "mesibo makes a second group of a repeated create, so the gateway must be able to tell a repetition.",
    remedy:
      "Send the header `Idempotency-Key` with a new UUID for each create, and the same one when you repeat.",
  },
  "idempotency-key-invalid": {
    status: 400,
    title: "The Idempotency-Key cannot be taken",
    retryable: false,
    sent: "no",
    meaning: "A key has 1 to 255 visible ASCII characters without quotes inside; quotes around it are fine.",
    remedy: "Use a UUID.",
  },
  unauthenticated: {
    status: 401,
    title: "No valid API key",
    retryable: false,
    sent: "no",
    meaning: "Everything below /v1 needs an API key, and the request had none that is known.",
    remedy:
      "Send the header `Authorization: Bearer <key>` with a key of `mesibo-gateway keys create` or of GATEWAY_API_KEY. A key that has expired or was revoked is not known any more.",
  },
  "insufficient-scope": {
    status: 403,
    title: "The API key may not do this",
    retryable: false,
    sent: "no",
    meaning: "The key is good, and has not the scope that the route needs.",
    remedy:
      "Use a key with the scope in `required_scope`; an operator makes one with `mesibo-gateway keys create`.",
  },
  "object-not-allowed": {
    status: 403,
    title: "The API key may not touch this group",
    retryable: false,
    sent: "no",
    meaning:
      "The key is for some groups only. The answer is the same whether the gateway knows the group or not.",
    remedy: "Use a key for this group, or a name that begins as the key's groups must.",
  },
  "not-found": {
    status: 404,
    title: "There is nothing at this path",
    retryable: false,
    sent: "no",
    meaning: "The gateway has no such path. Paths have no trailing slash.",
    remedy: "GET /openapi.json lists every path.",
  },
  "group-not-found": {
    status: 404,
    title: "The app has no such group",
    retryable: false,
    sent: "yes",
    meaning: "mesibo refused the gid, or listed every group of the app without it.",
    remedy: "Check the gid. A group that has expired or was deleted is gone.",
  },
  "group-not-known": {
    status: 404,
    title: "The gateway knows no such group",
    retryable: false,
    sent: "no",
    meaning:
      "The gateway answers from its own directory: the groups that were created through it or imported. The group may exist in mesibo all the same.",
    remedy: "Check the gid, or POST /v1/group-imports with it.",
  },
  "member-not-known": {
    status: 404,
    title: "The gateway knows no such member",
    retryable: false,
    sent: "no",
    meaning: "The group is known, and nobody with this address was added through the gateway or imported.",
    remedy: "Check the address. PUT adds a member.",
  },
  "api-key-not-found": {
    status: 404,
    title: "There is no such API key",
    retryable: false,
    sent: "no",
    meaning: "No key has this id, or it has ended and cannot be rotated.",
    remedy: "GET /v1/api-keys lists them.",
  },
  "operation-not-found": {
    status: 404,
    title: "There is no such operation",
    retryable: false,
    sent: "no",
    meaning: "No operation has this id, or its time was over.",
    remedy: "GET /v1/operations lists them.",
  },
  "method-not-allowed": {
    status: 405,
    title: "The path does not take this method",
    retryable: false,
    sent: "no",
    meaning: "The path exists, with other methods.",
    remedy: "The header `Allow` lists the methods.",
  },
  "not-acceptable": {
    status: 406,
    title: "The gateway answers JSON only",
    retryable: false,
    sent: "no",
    meaning: "The header `Accept` rules JSON out.",
    remedy: "Accept application/json, or leave the header out.",
  },
  "request-in-progress": {
    status: 409,
    title: "The first request with this key is still under way",
    retryable: true,
    sent: "no",
    meaning: "Another request with the same Idempotency-Key has not been answered yet. This one did nothing.",
    remedy: "Send it again in a moment: it gets the answer of the first one.",
  },
  "group-busy": {
    status: 409,
    title: "The group is being changed",
    retryable: true,
    sent: "no",
    meaning:
      "Changes of one group are made one after another, and the one before takes longer than anybody should wait. Or it was lost, and could still arrive and undo this one.",
    remedy: "Send the request again when `Retry-After` says.",
  },
  "removals-over-cap": {
    status: 409,
    title: "The list would remove more members than allowed",
    retryable: false,
    sent: "no",
    meaning:
      "Whoever is a member and not in the list is removed. That would be more than `max_removals`, which is 0 unless it is given, so nothing was sent.",
    remedy:
      "Look at the difference with `?dry_run=true`, then allow as many with `max_removals`, and send `If-Match` with the ETag of what you saw.",
  },
  "operation-over": {
    status: 409,
    title: "There is nothing to stop",
    retryable: false,
    sent: "no",
    meaning:
      "Only a list of members that is under way can be stopped, and this operation is none, or has ended.",
    remedy: "GET the operation: it says what came of it.",
  },
  "operation-not-unknown": {
    status: 409,
    title: "There is nothing to settle",
    retryable: false,
    sent: "no",
    meaning: "Only an operation whose outcome is unknown can be settled, and only once.",
    remedy: "GET the operation: it says what came of it.",
  },
  "version-mismatch": {
    status: 412,
    title: "It was changed meanwhile",
    retryable: false,
    sent: "no",
    meaning:
      "The header `If-Match` names another version than the one that is there now. Nothing was changed.",
    remedy: "Read it again, look at what is different, and send the change with the new ETag.",
  },
  "too-large": {
    status: 413,
    title: "The body is too large",
    retryable: false,
    sent: "no",
    meaning: "A request body may hold at most 1,048,576 bytes, a list of members 16,777,216.",
    remedy: "Send less at a time.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "The body must be JSON",
    retryable: false,
    sent: "no",
    meaning: "The header `Content-Type` is missing or names something else than JSON in UTF-8.",
    remedy:
      "Send `Content-Type: application/json`; PATCH takes application/merge-patch+json too, a list of members application/x-ndjson and text/csv.",
  },
  "host-not-allowed": {
    status: 421,
    title: "The gateway does not answer for this host",
    retryable: false,
    sent: "no",
    meaning:
      "The header `Host` names a host that is not allowed: a proxy passes another name on, or a page in a browser tries to reach a gateway that it must not.",
    remedy: "Call the gateway by a name of ALLOWED_HOSTS, or let the operator add this one.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The Idempotency-Key belongs to another request",
    retryable: false,
    sent: "no",
    meaning: "The key was sent before, with another method, path or body.",
    remedy: "Use a new key for a new request.",
  },
  "upstream-refused": {
    status: 422,
    title: "mesibo refused",
    retryable: false,
    sent: "yes",
    meaning: "mesibo understood the request and said no: definitely nothing was done.",
    remedy: "Look at `upstream`. A refused member is most often no user of the app: make the user first.",
  },
  "event-history-gone": {
    status: 410,
    title: "Events after that one are gone",
    retryable: false,
    sent: "no",
    meaning:
      "Events are kept for 7 days, and some after the one that you have were deleted; or the id is of another store.",
    remedy:
      "Open the stream without `after`, list the groups and members anew, and apply what the stream tells from then on. `oldest_event_id` is the first event that is still there.",
  },
  "quota-exceeded": {
    status: 429,
    title: "Too many requests",
    retryable: true,
    sent: "no",
    meaning:
      "The API key has made all the requests that it may make for now, or too many requests from the same address had no valid key. This one did nothing.",
    remedy:
      "Wait as long as `Retry-After` says. The header `RateLimit` says in every answer how many are left.",
  },
  "too-many-streams": {
    status: 429,
    title: "Too many streams of events with this API key",
    retryable: true,
    sent: "no",
    meaning: "The API key has as many streams open on this gateway as it may have.",
    remedy:
      "Close one, or share it: one stream tells everything, and filters can be applied to what it tells.",
  },
  internal: {
    status: 500,
    title: "A mistake in the gateway",
    retryable: false,
    sent: "maybe",
    meaning: "The gateway met something that it was not made for; whether mesibo was called is not known.",
    remedy: "Report it with the request id in `instance`; the gateway's log has the rest.",
  },
  "upstream-cannot-list": {
    status: 501,
    title: "mesibo does not tell",
    retryable: false,
    sent: "yes",
    meaning:
      "mesibo has no operation for one group or one member. The gateway lists and looks, and this time the list was refused, or was cut before what was asked for.",
    remedy: "Where mesibo cannot list, a group can be created, changed and deleted by its gid, but not read.",
  },
  "upstream-protocol": {
    status: 502,
    title: "mesibo's answer makes no sense",
    retryable: false,
    sent: "yes",
    meaning: "Something answered that is not mesibo, or mesibo answered in a way that nobody has seen.",
    remedy: "Check MESIBO_URL and any proxy on the way. `may_have_happened` tells whether to look first.",
  },
  "upstream-unavailable": {
    status: 503,
    title: "mesibo cannot be reached",
    retryable: true,
    sent: "no",
    meaning:
      "No connection came about, too many calls wait already, or mesibo has not answered for a while and is left alone. Nothing was sent, and nothing has happened.",
    remedy: "Send the request again when `Retry-After` says.",
  },
  "upstream-latched": {
    status: 503,
    title: "The gateway has stopped calling mesibo",
    retryable: false,
    sent: "no",
    meaning:
      "mesibo refused the app token (AUTHFAIL) or disabled the app (TOKENBREACH). Calling on would make it worse, so no call leaves any more.",
    remedy:
      "An operator starts the gateway with another MESIBO_APP_TOKEN, or runs `mesibo-gateway latch release` where this one is good again.",
  },
  draining: {
    status: 503,
    title: "The gateway is ending",
    retryable: true,
    sent: "no",
    meaning:
      "The gateway has been told to end. It finishes what is on its way to mesibo, and begins nothing new.",
    remedy: "Send the request again: another gateway answers, or this one once it is back.",
  },
  "not-ready": {
    status: 503,
    title: "The gateway would not do its work",
    retryable: true,
    sent: "no",
    meaning: "At least one check of `/readyz` has failed.",
    remedy: "Look at `checks`: each has its reason.",
  },
  "store-unavailable": {
    status: 503,
    title: "The gateway's store does not answer",
    retryable: true,
    sent: "no",
    meaning:
      "The database is down or full. What cannot be written down is not sent; `sent` says where mesibo was asked before.",
    remedy: "Send the request again later. With an Idempotency-Key that is always safe.",
  },
  "upstream-outcome-unknown": {
    status: 504,
    title: "mesibo did not answer",
    retryable: false,
    sent: "maybe",
    meaning: "The request was sent and no answer came back: it may have been done or not.",
    remedy:
      "Look before you repeat a create: a second one makes a second group. `retryable` is true where a repetition does no harm.",
  },
} as const satisfies Record<string, ProblemType>;

/** The last part of a problem's type. */
export type ProblemName = keyof typeof problemTypes;

/** Every problem's name. */
export const problemNames = Object.keys(problemTypes).filter((name): name is ProblemName =>
  Object.hasOwn(problemTypes, name),
);
