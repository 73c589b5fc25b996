import type { Json } from "./case.ts";

/** A place in an answer where it is not what was expected. Undefined stands for what is not there. */
export interface AnswerDifference {
  readonly field: string;
  readonly expected: Json | undefined;
  readonly got: Json | undefined;
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Where an answer differs from what was expected, field by field. */
export function answerDifferences(
  expected: Json | undefined,
  got: Json | undefined,
  field = "",
): readonly AnswerDifference[] {
  const inner = (key: string): string => (field === "" ? key : `${field}.${key}`);
  if (isObject(expected) && isObject(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) => answerDifferences(expected[key], got[key], inner(key)));
  }
  if (isList(expected) && isList(got)) {
    const length = Math.max(expected.length, got.length);
    return Array.from({ length }, (_, index) =>
      answerDifferences(expected[index], got[index], inner(String(index))),
    ).flat();
  }
  return expected === got ? [] : [{ field: field === "" ? "answer" : field, expected, got }];
}
