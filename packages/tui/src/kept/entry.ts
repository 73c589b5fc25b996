import * as z from "zod/mini";
import { gidOf, kindOf, readChange, writeChange, type Change } from "./change.ts";

/** The profile that a change was sent with, and what tells the app that it asked: a profile with another URL is another one. */
export interface Owner {
  readonly name: string;
  readonly url: string;
  /** The fingerprint of its credential, such as `sha256:ab12…`; undefined where none was kept. */
  readonly credential?: string | undefined;
}

/** A process that sends a change. */
export interface Sender {
  readonly machine: string;
  readonly pid: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/** A change that may have happened, as it is kept on this machine. Holds no secret. */
export interface Entry {
  readonly id: string;
  readonly owner: Owner;
  readonly change: Change;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Who sends it; undefined once it is known that no answer came. */
  readonly sender: Sender | undefined;
  /** Why its outcome is unknown; empty while it is sent. */
  readonly detail: string;
}

/** The version of the files. */
const VERSION = 1;

/** The form of an id. */
export const idPattern = /^op_[0-9A-Z]{26}$/;

// Dates that JavaScript has.
const moment = z.int().check(z.gte(0), z.lte(8.64e15));

const schema = z.object({
  version: z.literal(VERSION),
  id: z.string().check(z.regex(idPattern)),
  profile: z.object({ name: z.string(), url: z.string(), credential: z.optional(z.string()) }),
  request: z.looseObject({ op: z.string() }),
  created_at: moment,
  sender: z.nullable(z.object({ machine: z.string(), pid: z.int().check(z.positive()), at: moment })),
  detail: z.string(),
});

/** An entry as the text of its file. The kind and the gid are for whoever reads the file. */
export function writeEntry({ id, owner, change, createdAt, sender, detail }: Entry): string {
  const facts = { version: VERSION, id, kind: kindOf(change), gid: gidOf(change) ?? null, profile: owner };
  const request: unknown = JSON.parse(writeChange(change));
  return `${JSON.stringify({ ...facts, request, created_at: createdAt, sender: sender ?? null, detail })}\n`;
}

/** Reads the text of a file; undefined where it is no entry of this version. */
export function readEntry(text: string): Entry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(json);
  const change = data === undefined ? undefined : readChange(JSON.stringify(data.request));
  if (data === undefined || change === undefined) return undefined;
  const { id, profile: owner, created_at: createdAt, sender, detail } = data;
  return { id, owner, change, createdAt, sender: sender ?? undefined, detail };
}

/** Why the outcome of a change is unknown that is not on its way any more. */
export const detailOf = ({ detail, sender }: Entry): string =>
  sender === undefined ? detail : "The program ended before the answer came.";
