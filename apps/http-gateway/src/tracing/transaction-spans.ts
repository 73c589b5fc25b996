import type { Store } from "../store/store.ts";
import { registeredSdk } from "./sdk.ts";
import { isTraced, startSpan } from "./span.ts";

/**
 * A store whose transactions, with their way to the disk, are spans of what they are done for. What the gateway writes
 * by itself, such as that it lives, is none.
 */
export function withTransactionSpans(store: Store): Store {
  const write: Store["write"] = async (work) => {
    const sdk = registeredSdk();
    if (sdk === undefined || !isTraced(sdk)) return store.write(work);
    const span = startSpan(sdk, { name: "transaction", kind: "internal" });
    span.set("db.system.name", store.kind === "postgres" ? "postgresql" : "sqlite");
    try {
      return await store.write(work);
    } catch (error) {
      span.fail();
      throw error;
    } finally {
      span.end();
    }
  };
  return { ...store, write };
}
