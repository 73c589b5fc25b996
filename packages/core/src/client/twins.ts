/**
 * Whether an object in a JSON text has a key twice. `JSON.parse` keeps the last one silently, so an answer with
 * both `"result":true` and `"result":false` would be told as one of them.
 */
export function hasTwins(json: string): boolean {
  const open: number[] = [];
  const seen = new Set<string>();
  let objects = 0;
  for (const [token, key = "", colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")\s*(:)?|[{}]/g)) {
    if (token === "{") open.push((objects += 1));
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      // Two spellings of one key are twins too.
      const name: unknown = JSON.parse(key);
      const path = `${open.at(-1)} ${String(name)}`;
      if (seen.has(path)) return true;
      seen.add(path);
    }
  }
  return false;
}
