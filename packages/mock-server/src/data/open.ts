import type { Recorder } from "../recorder.ts";
import { DataFileError } from "./errors.ts";
import { openFile } from "./file.ts";
import { createLog, type LogSize } from "./log.ts";
import { refusal } from "./refusal.ts";
import type { KeptWorld } from "./replay.ts";
import { clockRow, opRow, presenceRow, removeRow, worldRow, type Row } from "./rows.ts";

/** The log is folded into one row for each world when it is larger than this. */
export interface Folding {
  /** When it is opened or closed. */
  readonly atRest: LogSize;
  /** While it is written. */
  readonly running: LogSize;
}

/** How a data file is opened. */
export interface DataOptions {
  /** Whether each answer waits until the disk has it, so that a power cut loses nothing either. Default: false. */
  readonly fsync?: boolean | undefined;
  /** The present state of all worlds, by token: what the log is folded into. */
  readonly present: () => Iterable<readonly [string, KeptWorld]>;
  /** Default: 1,000 rows or 64 Mi characters at rest, 500,000 rows or 256 Mi characters running. */
  readonly folding?: Folding | undefined;
  /** Called once when the file cannot be written any more: nothing is acknowledged from then on. */
  readonly onBroken?: ((error: Error) => void) | undefined;
}

/** What a data file keeps, and where to write what happens. */
export interface Data {
  readonly worlds: ReadonlyMap<string, KeptWorld>;
  readonly recorder: Recorder;
}

const defaultFolding: Folding = {
  atRest: { rows: 1_000, chars: 64 * 2 ** 20 },
  running: { rows: 500_000, chars: 256 * 2 ** 20 },
};

const isOver = (size: LogSize, most: LogSize): boolean => size.rows > most.rows || size.chars > most.chars;

/** Writes what happens within one turn of the event loop at its end, and then tells who waits. */
function createBatches(write: (rows: readonly Row[]) => void, onBroken: (error: Error) => void) {
  let pending: Row[] = [];
  let waiting: ((error?: Error) => void)[] = [];
  let broken: Error | undefined;

  const flush = (): void => {
    if (broken !== undefined || pending.length === 0) return;
    const [batch, told] = [pending, waiting];
    pending = [];
    waiting = [];
    try {
      write(batch);
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      onBroken(broken);
    }
    for (const then of told) then(broken);
  };

  return {
    add: (row: Row): void => {
      if (broken !== undefined) return;
      if (pending.length === 0) setImmediate(flush);
      pending.push(row);
    },
    settle: (then: (error?: Error) => void): void => {
      if (broken !== undefined) then(broken);
      else if (pending.length === 0) then();
      else waiting.push(then);
    },
    flush,
    isBroken: () => broken !== undefined,
  };
}

/** Does what only saves room: where it fails, the rows have everything all the same. */
function tidily(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** A size that is twice another one. */
const twice = ({ rows, chars }: LogSize): LogSize => ({ rows: 2 * rows, chars: 2 * chars });

/** Opens a file and its log, which is folded where it is long. Throws `DataFileError`. */
function openLog(file: string, fsync: boolean, { atRest }: Folding) {
  const { database, worlds, rows, chars } = openFile(file, fsync);
  try {
    const log = createLog(database, { rows, chars });
    // A fold of rows that are one for each world already would change nothing.
    if (rows > worlds.size && isOver(log.size(), atRest)) tidily(() => log.fold(worlds));
    tidily(log.shrink);
    return { database, worlds, log };
  } catch (error) {
    database.close();
    throw new DataFileError("unusable", refusal(file, error).message);
  }
}

/**
 * Opens a data file: what happens to worlds is written into it before it is acknowledged, and is there again when
 * the file is opened next. Holds the file until it is closed. Throws `DataFileError`.
 *
 * Everything of one turn of the event loop is one transaction, and its answers wait for it. A killed process loses
 * nothing that was acknowledged; with `fsync` a power cut does not either. The file names worlds by their app
 * token, so it is made readable by its owner alone.
 */
export function openData(file: string, options: DataOptions): Data {
  const { fsync = false, present, folding = defaultFolding, onBroken = () => {} } = options;
  const { database, worlds, log } = openLog(file, fsync, folding);
  let most = folding.running;
  const { add, settle, flush, isBroken } = createBatches((rows) => {
    log.write(rows);
    // What was written is kept, whatever becomes of the fold; a failed one is tried again much later.
    if (isOver(log.size(), most) && !tidily(() => log.fold(present()))) most = twice(log.size());
  }, onBroken);

  let closed = false;
  const foldAtRest = (): void => {
    if (isBroken()) return;
    if (isOver(log.size(), folding.atRest)) tidily(() => log.fold(present()));
    tidily(log.shrink);
  };

  return {
    worlds,
    recorder: {
      applied: (token, applied) => {
        add(opRow(token, applied));
      },
      replaced: (token, world, clock) => {
        add(worldRow(token, { world, clock }));
      },
      clocked: (token, before, clock) => {
        add(clockRow(token, before, clock));
      },
      presence: (token, presence) => {
        add(presenceRow(token, presence));
      },
      removed: (token) => {
        add(removeRow(token));
      },
      settle,
      close: () => {
        if (closed) return;
        closed = true;
        flush();
        foldAtRest();
        database.close();
      },
    },
  };
}
