import type { Store } from "../store/store.ts";
import { FAILED, registeredSdk, startSpan } from "./sdk.ts";

/** A store whose transactions, with their way to the disk, are spans where an OpenTelemetry SDK is registered. */
export function withCommitSpans(store: Store): Store {
  const write: Store["write"] = async (work) => {
    const sdk = registeredSdk();
    if (sdk === undefined) return store.write(work);
    const span = startSpan(sdk, { name: "commit", kind: "internal" });
    span.setAttribute("db.system.name", store.kind === "postgres" ? "postgresql" : "sqlite");
    try {
      return await store.write(work);
    } catch (error) {
      span.setStatus(FAILED);
      throw error;
    } finally {
      span.end();
    }
  };
  return { ...store, write };
}
