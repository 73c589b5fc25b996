import type { Route } from "../route.ts";
import { clockRoutes } from "./clock.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { documentRoute } from "./document.ts";
import { faultRoutes } from "./faults.ts";
import { identityRoutes } from "./identity.ts";
import { requestRoutes } from "./requests.ts";
import { snapshotRoutes } from "./snapshot.ts";
import { strayRoutes } from "./strays.ts";
import { worldRoutes } from "./worlds.ts";

/** Every route of the control API. */
export const routes: readonly Route[] = [
  ...identityRoutes,
  documentRoute(() => routes),
  ...worldRoutes,
  ...snapshotRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...requestRoutes,
  ...strayRoutes,
  ...deliveryRoutes,
];
