import type { Confidence, Refusal } from "@mesibo-groups/core";

/** A refusal of the mock, with what it rests on. */
export interface RefusalRule {
  readonly error: string;
  readonly code: number;
  readonly cause: string;
  readonly source: string;
  readonly confidence: Confidence;
}

// mesibo: only AUTHFAIL 401 and BADOP have published strings; a v2 answer with code 400 for missing parameters is
// known without its string (TH PR #4884). Every other string is INFERRED from the vendor's naming style, BAD* and
// MISSING* (section 5.2), and from the SDK's group errors (HDR).
const rows = {
  auth: {
    error: "AUTHFAIL",
    code: 401,
    cause: "The app token is invalid or expired.",
    source: "TH PR #1162 (recorded 2023)",
    confidence: "recorded",
  },
  op: {
    error: "BADOP",
    code: 400,
    cause: "There is no such operation.",
    source: "D0, D1, D2; the code is INFERRED",
    confidence: "documented",
  },
  missing: {
    error: "MISSINGPARA",
    code: 400,
    cause: "A mandatory parameter is missing",
    source: "code TH PR #4884; INFERRED string",
    confidence: "assumed",
  },
  malformed: {
    error: "BADPARA",
    code: 400,
    cause: "A parameter has a value that it cannot have",
    source: "INFERRED",
    confidence: "assumed",
  },
  body: {
    error: "BADREQUEST",
    code: 400,
    cause: "The body is not a JSON object.",
    source: "INFERRED",
    confidence: "assumed",
  },
  size: {
    error: "TOOLARGE",
    code: 413,
    cause: "The body is over 16 MiB.",
    source: "INFERRED; on-premise limits a body to 8 KiB (OPgit)",
    confidence: "assumed",
  },
  group: {
    error: "BADGROUP",
    code: 404,
    cause: "This app has no such group.",
    source: "section 10, row 9: INFERRED",
    confidence: "assumed",
  },
  user: {
    error: "BADUSER",
    code: 404,
    cause: "You can only add valid users; not known here",
    source: "SEED in words; string and code INFERRED (section 10, row 10)",
    confidence: "assumed",
  },
  notMember: {
    error: "NOTMEMBER",
    code: 403,
    cause: "Only members may send to this group, and the sender is not one.",
    source: "HDR group error NOTMEMBER; INFERRED for the backend",
    confidence: "assumed",
  },
  permission: {
    error: "PERMISSION",
    code: 403,
    cause: "Only selected members may send to this group, and the sender lacks the permission.",
    source: "HDR group error PERMISSION; INFERRED for the backend",
    confidence: "assumed",
  },
  paused: {
    error: "GROUPPAUSED",
    code: 403,
    cause: "The group is not active.",
    source: "HDR status GROUPPAUSED; INFERRED for the backend",
    confidence: "assumed",
  },
} as const satisfies Record<string, RefusalRule>;

/** Every way the mock refuses, with what it rests on. */
export const refusalRules: Readonly<Record<RefusalName, RefusalRule>> = rows;

/** The name of one way to refuse. */
export type RefusalName = keyof typeof rows;

/** A refusal, the parameters at fault, and words about this case behind the rule's own. */
export function refuse(name: RefusalName, properties: readonly string[], detail = ""): Refusal {
  const { error, code, cause } = refusalRules[name];
  return { error, code, cause: detail === "" ? cause : `${cause}: ${detail}`, properties };
}

/** A refusal that a fault injects: what it leaves out is as the rule of that error has it. */
export function injectedRefusal({ error, code, cause }: Omit<Refusal, "properties">): Refusal {
  const rule = Object.values(refusalRules).find((each) => each.error === error);
  // mesibo: the recorded AUTHFAIL names the token (TH PR #1162).
  const properties = error === rows.auth.error ? ["token"] : [];
  return { error, code: code ?? rule?.code, cause: cause ?? rule?.cause, properties };
}

const assumed: ReadonlyMap<string, string> = new Map(
  Object.entries(refusalRules).flatMap(([name, { error, confidence }]) =>
    confidence === "assumed" ? [[error, `refusal_${name}`] as const] : [],
  ),
);

/** The id of the behaviour that a refusal rests on, where no source confirms it. */
export const assumedRefusal = ({ error }: Refusal): string | undefined => assumed.get(error);
