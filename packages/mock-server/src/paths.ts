import type { Generation } from "@mesibo-groups/core/wire";

/** Where mesibo answers, and with which generation of answers. */
export const emulatedPaths: ReadonlyMap<string, Generation> = new Map([
  ["/api.php", "v1"],
  ["/backend", "v2"],
  ["/backend/", "v2"],
  // mesibo: the on-premise API program is exposed here (OPgit).
  ["/mesiboapi", "v2"],
]);

/** The largest body that is read: 16 MiB. The longest list, of 100,000 addresses of 63 bytes, fits in any encoding. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The path and the query of a URL or of a request target. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  // A request target may be a whole URL (RFC 9112, 3.2.2).
  if (!target.startsWith("/") && URL.canParse(target)) {
    const { pathname, search } = new URL(target);
    return { path: pathname, query: search.slice(1) };
  }
  const start = target.indexOf("?");
  return start === -1
    ? { path: target, query: "" }
    : { path: target.slice(0, start), query: target.slice(start + 1) };
}
