import { backup, DatabaseSync } from "node:sqlite";
import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";

/**
 * Copies a database file into a new one, beside whoever writes: what was committed when it ends is in it. The copy
 * is checked before it gets its name.
 *
 * Throws where the file is there already, cannot be written or is not sound.
 */
export async function backupFile({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already: give the backup another name.`);
  const part = `${to}.part`;
  rmSync(part, { force: true });
  // For the same eyes only as the database itself.
  closeSync(openSync(part, "wx", 0o600));
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    await backup(source, part);
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(part);
  try {
    // One file, to be carried away: without a log beside it.
    copy.exec("PRAGMA journal_mode = DELETE");
    const rows = copy.prepare("PRAGMA integrity_check").all();
    if (rows.length !== 1 || rows[0]?.["integrity_check"] !== "ok") {
      throw new Error(`The backup of ${from} is not sound: run mesibo-gateway db check.`);
    }
  } finally {
    copy.close();
  }
  renameSync(part, to);
}
