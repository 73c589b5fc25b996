/** Text from elsewhere as it may stand in a message: one line, without control characters, not endless. */
export function oneLine(text: string, longest: number): string {
  const clean = text.slice(0, longest + 1).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
  return text.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
