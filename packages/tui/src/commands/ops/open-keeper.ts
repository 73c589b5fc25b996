import { readPages } from "../../gateway/pages.ts";
import type { Context } from "../command.ts";
import { usage } from "../command-error.ts";
import { resolveProfile } from "../connect.ts";
import { openGateway } from "../gateway/ask-gateway.ts";
import type { Asking } from "../target.ts";
import type { Keeper } from "./keeper.ts";
import { keptHere } from "./kept-here.ts";
import { operationIn } from "./operation.ts";

async function gatewayKeeper(asking: Asking, changes: boolean): Promise<Keeper> {
  const ask = await openGateway(asking, changes);
  return {
    list: async (state) => ({
      operations: await readPages(ask, `/operations${state === undefined ? "" : `?state=${state}`}`),
      notes: [],
    }),
    show: async (id) => operationIn(await ask({ path: `/operations/${id}` })),
    resolve: async (id, body) =>
      operationIn(await ask({ method: "POST", path: `/operations/${id}/resolutions`, body })),
  };
}

/** Opens what keeps the operations of the profile. Throws a `CommandError` where nothing is kept. */
export async function openKeeper(
  asking: Asking & Pick<Context, "connection">,
  changes = false,
): Promise<Keeper> {
  const { kind } = await resolveProfile(asking.around, asking);
  if (kind.value === "gateway") return gatewayKeeper(asking, changes);
  const { kept } = await asking.connection();
  if (kept !== undefined) return keptHere(kept);
  throw usage(
    "The mock inside this command keeps nothing. Choose a profile with --profile, or set MESIBO_APP_TOKEN, MESIBO_URL, or GATEWAY_URL and GATEWAY_API_KEY.",
  );
}
