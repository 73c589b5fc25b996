import { MASK } from "../mask.ts";

// What a token's parameter holds is a token, however short it is and whoever knows it: mesibo's own names (token,
// and secret and fcm_key in answers), and what somebody wrote in their place.
const secret = /tok|secret|key|auth|pass/i;

// Every pattern here takes time in proportion to the text, whatever the text: it is tried at few places, and where
// it fails it fails after one pass. A request must not be able to hang the mock.

const decodedName = (name: string): string => {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
};

/** A query or a form. */
const maskForm = (text: string): string =>
  text
    .split("&")
    .map((pair) => {
      const end = pair.indexOf("=");
      if (end === -1 || !secret.test(decodedName(pair.slice(0, end)))) return pair;
      return `${pair.slice(0, end + 1)}${MASK}`;
    })
    .join("&");

// A text may be cut anywhere, so the last quote may be missing.
const jsonText = /"[^"\\]*(?:\\[\s\S][^"\\]*)*\\?"?/y;
const colon = /\s*:\s*/y;
const plainValue = /-?\d[\d.eE+-]*|true|false/y;

/** How much of a text a pattern takes at a place; undefined where it does not begin there. */
function taken(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : undefined;
}

const decodedKey = (key: string): string => {
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
};

/** A JSON text, whole or cut. */
function maskJson(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('"', at);
    if (start === -1) return parts.join("") + text.slice(at);
    const keyEnd = start + (taken(jsonText, text, start) ?? 1);
    parts.push(text.slice(at, keyEnd));
    at = keyEnd;
    const gap = taken(colon, text, keyEnd);
    if (gap !== undefined && secret.test(decodedKey(text.slice(start, keyEnd)))) {
      const value = keyEnd + gap;
      const length = taken(jsonText, text, value) ?? taken(plainValue, text, value) ?? 0;
      // An empty text tells nothing, and that it is empty may explain a refusal.
      if (length > 0 && text.slice(value, value + length) !== '""') {
        parts.push(text.slice(keyEnd, value), `"${MASK}"`);
        at = value + length;
      }
    }
  }
}

/** A form of many parts: the line after the head of a part with a secret's name. */
function maskParts(text: string): string {
  let [isSecret, isValue] = [false, false];
  const lines = text.split("\n").map((line) => {
    const end = line.endsWith("\r") ? "\r" : "";
    if (isValue) {
      [isSecret, isValue] = [false, false];
      return `${MASK}${end}`;
    }
    const name = line.toLowerCase().indexOf("name=");
    if (name !== -1 && secret.test(line.slice(name))) isSecret = true;
    else if (isSecret && line === end) isValue = true;
    return line;
  });
  return lines.join("\n");
}

// Bodies that nobody could read: JSON as scripts write it.
const loose = /(?<!\w)(\w+)(["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,;&"'{}[\]]+)/g;

const maskLoose = (text: string): string =>
  text.replaceAll(loose, (whole, name: string, between: string) =>
    secret.test(name) ? `${name}${between}"${MASK}"` : whole,
  );

/** A body or an answer without the values of its token parameters. */
export const maskBody = (text: string): string =>
  /^\s*[[{"]/.test(text) ? maskJson(text) : maskParts(maskForm(text));

/** A query without the values of its token parameters. */
export const maskQuery = maskForm;

/** A body that mesibo could not read, without what looks like a token's value. */
export const maskUnreadable = (text: string): string => maskLoose(maskBody(text));
