import { MASK } from "../mask.ts";

// What a token's parameter holds is a token, however short it is and whoever knows it: mesibo's own names (token,
// and secret and fcm_key in answers), and what somebody wrote in their place.
const secret = /tok|secret|key|auth|pass/i;

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
const member = /"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\[\s\S])+\\?"?|-?\d[\d.eE+-]*|true|false)/g;

const decodedKey = (key: string): string => {
  try {
    return String(JSON.parse(`"${key}"`));
  } catch {
    return key;
  }
};

/** A JSON text, whole or cut. */
const maskJson = (text: string): string =>
  text.replaceAll(member, (whole: string, key: string, colon: string) =>
    secret.test(decodedKey(key)) ? `"${key}"${colon}"${MASK}"` : whole,
  );

// Bodies that nobody could read: JSON as scripts write it, or a form of many parts.
const loose = /((?:tok|secret|key|auth|pass)\w*["']?\s*[:=]\s*)("[^"]*"?|'[^']*'?|[^\s,;&"'{}[\]]+)/gi;
const part = /(name="?[^"\r\n]*(?:tok|secret|key|auth|pass)[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)[^\r\n]*/gi;

/** A body or an answer without the values of its token parameters. */
export const maskBody = (text: string): string =>
  /^\s*[[{"]/.test(text) ? maskJson(text) : maskForm(text).replaceAll(part, `$1${MASK}`);

/** A query without the values of its token parameters. */
export const maskQuery = maskForm;

/** A body that mesibo could not read, without what looks like a token's value. */
export const maskUnreadable = (text: string): string => maskBody(text).replaceAll(loose, `$1"${MASK}"`);
