import type { Draft } from "../../src/journal/entry.ts";

/** A request that a journal is given: an empty groupsget, with what a test is about. */
export const draftOf = (changes: Partial<Draft> = {}): Draft => ({
  method: "GET",
  path: "/backend/",
  query: "",
  contentType: "",
  body: "",
  status: 200,
  answer: "",
  op: "groupsget",
  result: "done",
  refusal: undefined,
  relied: [],
  fault: undefined,
  ...changes,
});
