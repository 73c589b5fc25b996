import { createApiKey, type NewApiKey } from "../../src/keys/manage.ts";
import { scopes } from "../../src/keys/scopes.ts";
import { gatewayOverMock } from "./gateway.ts";

/** A gateway over a mock with a key in its store: with every scope and for every group, unless said otherwise. */
export async function gatewayWithKey(more: Partial<NewApiKey> = {}) {
  const gateway = gatewayOverMock();
  const { store, now } = await gateway.engine();
  const desk = { store, now, actor: "operator", requestId: "test" };
  const asked = { name: "test", env: "test", scopes, groups: undefined, expiresInDays: 365, ...more };
  return { ...gateway, desk, ...(await createApiKey(desk, asked)) };
}
