import type { Seed } from "../../seed.ts";
import type { EntryView } from "../view.ts";
import { curlScript } from "./curl.ts";
import { httpArchive } from "./har.ts";
import { vitestFile } from "./vitest.ts";

/** The forms in which requests leave the journal. */
export const exportForms = ["curl", "har", "vitest"] as const;

/** One form of {@link exportForms}. */
export type ExportForm = (typeof exportForms)[number];

/** Where the requests came to. */
export interface Origin {
  /** Scheme, host and port of the mock. */
  readonly origin: string;
  /** What their world started with. */
  readonly seed: Seed | undefined;
}

const writers: Record<ExportForm, (views: readonly EntryView[], from: Origin) => string> = {
  curl: curlScript,
  har: httpArchive,
  vitest: vitestFile,
};

/** Requests written down to be used elsewhere: a shell script, an HTTP archive or a test file. */
export const exportEntries = (views: readonly EntryView[], form: ExportForm, from: Origin): string =>
  writers[form](views, from);
