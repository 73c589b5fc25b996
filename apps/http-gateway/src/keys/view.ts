import type { ApiKeyView } from "../schemas/api-key.ts";
import { viewTime } from "../views.ts";
import type { ApiKey } from "./rows.ts";

const timeOrNull = (at: number | undefined): string | null => (at === undefined ? null : viewTime(at));

/** A key as an answer shows it. */
export function viewApiKey(key: ApiKey): ApiKeyView {
  const { id, name, scopes, groups, createdAt, expiresAt, revokedAt, lastUsedAt, old } = key;
  return {
    id,
    name,
    scopes: [...scopes],
    groups:
      groups === undefined
        ? null
        : { gids: groups.gids && [...groups.gids], name_prefix: groups.name_prefix },
    created_at: viewTime(createdAt),
    expires_at: timeOrNull(expiresAt),
    revoked_at: timeOrNull(revokedAt),
    last_used_at: timeOrNull(lastUsedAt),
    old_secret_until: timeOrNull(old?.until),
  };
}
