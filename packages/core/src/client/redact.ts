/** What stands in a token's place wherever a request or an answer is shown. */
export const TOKEN_PLACEHOLDER = "$MESIBO_APP_TOKEN";

const MASK = "[redacted]";

/**
 * A function that removes the app token, in every spelling that a request or an answer could carry, and the
 * value of every JSON member named `token` from a text.
 */
export function createRedactor(token: string): (text: string) => string {
  const inJson = JSON.stringify(token).slice(1, -1);
  const spellings = new Set([token, encodeURIComponent(token), inJson, inJson.replaceAll("/", "\\/")]);

  return (text) => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, MASK);
    return clean.replaceAll(/("token"\s*:\s*")(?:[^"\\]|\\.)*"/g, `$1${MASK}"`);
  };
}
