import { describe, expect, it } from "vitest";
import { collect, decodeRequest, findOp } from "../../src/wire/index.ts";
import { userRequests } from "./documented/user-requests.ts";
import { groupRequests } from "./documented/group-requests.ts";
import { nestedRequests } from "./documented/nested-requests.ts";
import { strangeRequests } from "./documented/strange-requests.ts";

// Typed by hand from mesibo's documentation, its own demos and public callers; the encoder has no part in them.

describe.each([
  ["groups, flat", groupRequests],
  ["users and messages, flat", userRequests],
  ["nested JSON", nestedRequests],
  ["what callers get wrong", strangeRequests],
])("documented requests: %s", (_, fixtures) => {
  it.each(fixtures)("$source", ({ raw, op, token, says }) => {
    const collected = collect(raw);
    const known = findOp(collected.op);
    expect({
      op: collected.op,
      token: collected.token,
      unreadable: collected.unreadable,
      says: known === undefined ? "no op" : decodeRequest(known, collected),
    }).toEqual({ op, token, unreadable: false, says });
  });
});
