const ESC = "\u001b";

/** What was written and is neither text, nor a line break, nor a control sequence of the kind that we draw with. */
export function foreign(raw: string): readonly string[] {
  const [first = "", ...rest] = raw.split(ESC);
  const odd = rest.filter((part) => !/^\[[\d;?]*[A-Za-z]/.test(part));
  const text = [first, ...rest].join("").replaceAll(/[\r\n]/g, "");
  return [...odd, ...(text.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [])];
}
