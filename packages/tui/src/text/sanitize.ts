// Format and default-ignorable characters cover bidi controls, zero-width characters, tags and blank fillers.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

// A variation selector only asks for the coloured or the plain form of the character before it. Terminals
// disagree about its width, so it goes without a mark.
const variationSelectors = /[\ufe0e\ufe0f]/g;

const shortEscapes = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

/**
 * Text from elsewhere made safe to print: control and escape characters, bidi controls, zero-width characters
 * and half surrogates become visible escapes such as `\x1b`. The result is one line.
 */
export function sanitize(text: string): string {
  return text.replaceAll(variationSelectors, "").replaceAll(unsafe, escaped);
}
