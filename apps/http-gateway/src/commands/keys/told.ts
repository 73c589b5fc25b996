import type { KeyDesk, MadeKey } from "../../keys/manage.ts";
import { viewApiKey } from "../../keys/view.ts";
import type { Store } from "../../store/store.ts";
import type { Flags } from "../command.ts";
import { say } from "../say.ts";

/** The operator at the command line, who may do everything. */
export const operatorAt = (store: Store): KeyDesk => ({
  store,
  now: Date.now,
  actor: "operator",
  requestId: "command-line",
});

/** Shows a key this once: alone on stdout, so that it can go straight into a file or a variable. */
export function showKey({ apiKey, key }: MadeKey, flags: Flags): void {
  if (flags["json"] === true) {
    process.stdout.write(`${JSON.stringify({ v: 1, ...viewApiKey(apiKey), key })}\n`);
    return;
  }
  const until =
    apiKey.expiresAt === undefined ? "" : ` until ${new Date(apiKey.expiresAt).toISOString().slice(0, 10)}`;
  say(`key ${apiKey.id} (${JSON.stringify(apiKey.name)}) opens${until}. It is shown this once:`);
  process.stdout.write(`${key}\n`);
}
