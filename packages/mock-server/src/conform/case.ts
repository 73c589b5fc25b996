/** JSON as it is written down. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an answer is expected to be, with references in place of what differs between two runs. */
export type Expected = { readonly [key: string]: Json };

/**
 * One request, typed by hand, and the answer that is expected.
 *
 * In the request `~` stands for the run's own prefix, so that runs never meet, `<token>` for the app token, and
 * `<gid1>`, `<uid2>` and so on for values of earlier answers.
 */
export interface Step {
  /** `v1` is `/api.php`, `v2` is `/backend/`. */
  readonly to: "v1" | "v2";
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Without `?`. */
  readonly query?: string | undefined;
  readonly form?: string | undefined;
  readonly json?: Json | undefined;
  readonly expected: Expected;
  /** Ids of the behaviours that this answer confirms or refutes. None for a step that only prepares. */
  readonly shows: readonly string[];
  /** How long to wait before it is sent. */
  readonly waitMs?: number | undefined;
}

/** Requests that belong together; what they make is removed afterwards. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A step that shows behaviours. */
export const showing = (step: Step, ...shows: readonly string[]): Step => ({ ...step, shows });

/** A request to `/backend/` as JSON. */
export const v2 = (json: { readonly op: string } & Expected, expected: Expected): Step => ({
  to: "v2",
  method: "POST",
  json: { token: "<token>", ...json },
  expected,
  shows: [],
});

/** A request to `/api.php` as a query. */
export const v1 = (query: string, expected: Expected): Step => ({
  to: "v1",
  method: "GET",
  query: `token=<token>&${query}`,
  expected,
  shows: [],
});

/** What `/backend/` answers when an operation is done. */
export const done = (op: string, payload: Expected = {}): Expected => ({ ...payload, op, result: true });

/** What `/api.php` answers when an operation is done. */
export const doneV1 = (op: string, payload: Expected = {}): Expected => ({
  app: "<app>",
  uts: "<time> as text",
  disabled: 0,
  ...payload,
  op,
  result: true,
});

/** What is answered when an operation is refused. */
export const refused = (
  op: string,
  error: string,
  code: number,
  ...properties: readonly string[]
): Expected => ({
  error,
  code,
  cause: "<words>",
  properties,
  op,
  result: false,
});

/** Makes users of these names. */
export const users = (...names: readonly string[]): readonly Step[] =>
  names.map((name, index) =>
    v2(
      { op: "useradd", user: { address: `~${name}` } },
      done("useradd", { user: { uid: `<uid${index + 1}>`, address: `~${name}` } }),
    ),
  );

/** Makes a group, the first of its case. */
export const group = (settings: Expected = {}): Step =>
  v2(
    { op: "groupadd", group: { name: "~group", ...settings } },
    done("groupadd", { group: { gid: "<gid1>" } }),
  );

/** Gives users of the first group all permissions, or others. */
export const members = (names: string, permissions: Expected = everything): Step =>
  v2(
    { op: "groupeditmembers", group: { gid: "<gid1>", members: { m: names, permissions } } },
    done("groupeditmembers"),
  );

/** All five permissions. */
export const everything: Expected = { send: true, recv: true, pub: true, sub: true, list: true };

/** None of the five permissions. */
export const nothing: Expected = { send: false, recv: false, pub: false, sub: false, list: false };

/** The members of the first group. */
export const listed = (...rows: readonly Expected[]): Step =>
  v2(
    { op: "groupgetmembers", group: { gid: "<gid1>" } },
    done("groupgetmembers", { count: rows.length, gid: "<gid1>", members: rows }),
  );
