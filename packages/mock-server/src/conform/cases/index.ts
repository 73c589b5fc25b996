import type { Case } from "../case.ts";
import { answerCases } from "./answers.ts";
import { groupCases } from "./groups.ts";
import { refusalCases } from "./refusals.ts";
import { requestCases } from "./requests.ts";
import { userCases } from "./users.ts";

/** Every case. None needs an empty app, and none rests on another. */
export const cases: readonly Case[] = [
  ...requestCases,
  ...answerCases,
  ...refusalCases,
  ...userCases,
  ...groupCases,
];
