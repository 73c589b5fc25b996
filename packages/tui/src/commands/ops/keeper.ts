import type { Row } from "../../gateway/pages.ts";
import type { Resolution } from "../../operation.ts";
import type { OperationRow } from "./operation.ts";

/** Operations, and what there is to say about others. */
export interface Listed {
  readonly operations: readonly Row[];
  readonly notes: readonly string[];
}

/** Who keeps what is not known for sure: a gateway, or this machine. */
export interface Keeper {
  readonly list: (state: string | undefined) => Promise<Listed>;
  readonly show: (id: string) => Promise<OperationRow>;
  readonly resolve: (id: string, resolution: Resolution) => Promise<OperationRow>;
}
