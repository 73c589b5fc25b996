import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

// A prefix and a checksum, so that scanners find a key that was committed somewhere, and know it from a lookalike.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SECRET_CHARS = 43;
const ID_CHARS = 12;

const pattern = new RegExp(
  `^(mgk_[a-z0-9]{1,12}_([0-9A-Za-z]{${ID_CHARS}})_[0-9A-Za-z]{${SECRET_CHARS}})_([0-9a-f]{8})$`,
);

/** Random bytes as base62, of a fixed length: 32 bytes are at most 43 digits. */
function base62({ bytes, chars }: { readonly bytes: number; readonly chars: number }): string {
  let rest = BigInt(`0x${randomBytes(bytes).toString("hex")}`);
  let text = "";
  for (let index = 0; index < chars; index += 1) {
    text = `${DIGITS[Number(rest % 62n)]}${text}`;
    rest /= 62n;
  }
  return text;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, "0");

/** What a deployment is called in its keys: lower case letters and digits. */
export const isEnvironmentName = (text: string): boolean => /^[a-z0-9]{1,12}$/.test(text);

/** A new id of a key. */
export const makeKeyId = (): string => base62({ bytes: 9, chars: ID_CHARS });

/** A new key: `mgk_<environment>_<id>_<secret>_<checksum>`. */
export function makeKey({ env, id }: { readonly env: string; readonly id: string }): string {
  const body = `mgk_${env}_${id}_${base62({ bytes: 32, chars: SECRET_CHARS })}`;
  return `${body}_${checksum(body)}`;
}

/** The id in a key, or undefined where the text is none, or was mistyped. */
export function keyIdOf(text: string): string | undefined {
  const [, body = "", id, sum] = pattern.exec(text) ?? [];
  return id !== undefined && checksum(body) === sum ? id : undefined;
}

/** What is kept of a key. It has 256 random bits, so a slow hash would add nothing. */
export const hashKey = (key: string): Buffer => createHash("sha256").update(key).digest();
