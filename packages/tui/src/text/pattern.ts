/**
 * Patterns that a person types. The platform's own can take for ever on some texts, and a key must be answered, so
 * these are looked for in all their ways at once: the time is that of the text, whatever the pattern.
 */
type Part =
  | { readonly kind: "one"; readonly fits: (character: string) => boolean }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "all" | "any"; readonly parts: readonly Part[] }
  | { readonly kind: "repeat"; readonly part: Part; readonly least: number; readonly most: number };

type Step =
  | { readonly kind: "one"; readonly fits: (character: string) => boolean }
  | { readonly kind: "start" | "end" | "found" }
  | { readonly kind: "split"; readonly to: readonly number[] };

/** A pattern that was read, or why it cannot be. */
export type Pattern =
  | { readonly ok: true; readonly test: (text: string) => boolean }
  | { readonly ok: false; readonly fault: string };

class PatternFault extends Error {
  override readonly name = "PatternFault";
}

/** Steps of the longest pattern: repetitions are written out. */
const MAX_STEPS = 1000;
const MAX_REPEAT = 100;

const isDigit = (character: string): boolean => /^\d$/.test(character);
const isWord = (character: string): boolean => /^[\p{L}\p{N}_]$/u.test(character);
const isSpace = (character: string): boolean => /^\s$/.test(character);

const classes: Readonly<Record<string, (character: string) => boolean>> = {
  d: isDigit,
  w: isWord,
  s: isSpace,
  D: (character) => !isDigit(character),
  W: (character) => !isWord(character),
  S: (character) => !isSpace(character),
};

/** Reads a pattern from its characters. */
function createReader(source: readonly string[]) {
  let at = 0;
  const peek = (): string | undefined => source[at];
  const take = (): string => {
    const character = source[at];
    if (character === undefined) throw new PatternFault("it ends too early");
    at += 1;
    return character;
  };
  const takes = (wanted: string): boolean => {
    if (peek() !== wanted) return false;
    at += 1;
    return true;
  };

  function escaped(): (character: string) => boolean {
    const name = take();
    const known = classes[name];
    if (known !== undefined) return known;
    if (/^[\p{L}\p{N}]$/u.test(name)) throw new PatternFault(`\\${name} means nothing here`);
    return (character) => character === name;
  }

  function set(): Part {
    const inverse = takes("^");
    const tests: ((character: string) => boolean)[] = [];
    while (tests.length === 0 || peek() !== "]") {
      const first = take();
      if (first === "\\") {
        tests.push(escaped());
        continue;
      }
      if (peek() === "-" && source[at + 1] !== "]") {
        take();
        const last = take();
        if (last < first) throw new PatternFault(`${first}-${last} is the wrong way round`);
        tests.push((character) => character >= first && character <= last);
        continue;
      }
      tests.push((character) => character === first);
    }
    take();
    return { kind: "one", fits: (character) => tests.some((test) => test(character)) !== inverse };
  }

  function atom(): Part {
    const character = take();
    switch (character) {
      case "(": {
        if (takes("?") && !takes(":")) throw new PatternFault("(? is known as (?: alone");
        const inside = choice();
        if (!takes(")")) throw new PatternFault("a ) is missing");
        return inside;
      }
      case "[":
        return set();
      case ".":
        return { kind: "one", fits: () => true };
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case "\\":
        return { kind: "one", fits: escaped() };
      case "*":
      case "+":
      case "?":
        throw new PatternFault(`there is nothing before ${character} to repeat`);
      default:
        return { kind: "one", fits: (other) => other === character };
    }
  }

  function counted(part: Part): Part | undefined {
    const [text = "", least = "", comma = "", most = ""] =
      /^\{(\d{1,3})(,?)(\d{0,3})\}/.exec(source.slice(at, at + 12).join("")) ?? [];
    if (text === "") return undefined;
    at += text.length;
    const upper = comma === "" ? Number(least) : most === "" ? Infinity : Number(most);
    if (Number(least) > MAX_REPEAT || (upper !== Infinity && upper > MAX_REPEAT) || upper < Number(least))
      throw new PatternFault(`${text} is no number of times from 0 to ${MAX_REPEAT}`);
    return { kind: "repeat", part, least: Number(least), most: upper };
  }

  function repeated(): Part {
    let part = atom();
    for (;;) {
      if (takes("*")) part = { kind: "repeat", part, least: 0, most: Infinity };
      else if (takes("+")) part = { kind: "repeat", part, least: 1, most: Infinity };
      else if (takes("?")) part = { kind: "repeat", part, least: 0, most: 1 };
      else {
        const times = counted(part);
        if (times === undefined) return part;
        part = times;
      }
    }
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (peek() !== undefined && peek() !== "|" && peek() !== ")") parts.push(repeated());
    return { kind: "all", parts };
  }

  function choice(): Part {
    const parts = [sequence()];
    while (takes("|")) parts.push(sequence());
    return { kind: "any", parts };
  }

  return (): Part => {
    const part = choice();
    if (peek() === ")") throw new PatternFault("a ( is missing");
    return part;
  };
}

/** Writes a part out as steps. */
function write(part: Part, steps: Step[]): void {
  if (steps.length > MAX_STEPS) throw new PatternFault("it is too long");
  switch (part.kind) {
    case "one":
    case "start":
    case "end":
      steps.push(part);
      return;
    case "all":
      for (const each of part.parts) write(each, steps);
      return;
    case "any": {
      const split = steps.push({ kind: "split", to: [] }) - 1;
      const starts: number[] = [];
      const leaves: number[] = [];
      for (const each of part.parts) {
        starts.push(steps.length);
        write(each, steps);
        leaves.push(steps.push({ kind: "split", to: [] }) - 1);
      }
      steps[split] = { kind: "split", to: starts };
      for (const leave of leaves) steps[leave] = { kind: "split", to: [steps.length] };
      return;
    }
    case "repeat": {
      for (let time = 0; time < part.least; time += 1) write(part.part, steps);
      if (part.most === Infinity) {
        const loop = steps.push({ kind: "split", to: [] }) - 1;
        write(part.part, steps);
        steps.push({ kind: "split", to: [loop] });
        steps[loop] = { kind: "split", to: [loop + 1, steps.length] };
        return;
      }
      const skips: number[] = [];
      for (let time = part.least; time < part.most; time += 1) {
        skips.push(steps.push({ kind: "split", to: [] }) - 1);
        write(part.part, steps);
      }
      for (const skip of skips) steps[skip] = { kind: "split", to: [skip + 1, steps.length] };
    }
  }
}

function search(steps: readonly Step[], text: string): boolean {
  const characters = Array.from(text);
  let waiting: number[] = [];
  for (let at = 0; at <= characters.length; at += 1) {
    // A match may begin at every character.
    const open = [...waiting, 0];
    const seen = new Set<number>();
    const next: number[] = [];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const step = steps[index];
      if (step === undefined || seen.has(index)) continue;
      seen.add(index);
      const character = characters[at];
      if (step.kind === "found") return true;
      if (step.kind === "split") open.push(...step.to);
      else if (step.kind === "one") {
        if (character !== undefined && step.fits(character)) next.push(index + 1);
      } else if (step.kind === "start" ? at === 0 : at === characters.length) open.push(index + 1);
    }
    waiting = next;
  }
  return false;
}

/** Reads a pattern, in which the case does not matter: characters, `.`, sets, groups, `|`, `* + ? {n,m}`, `^ $`, `\d \w \s`. */
export function readPattern(source: string): Pattern {
  try {
    const steps: Step[] = [];
    // A capital of an escape means something of its own.
    const lower = source.replaceAll(/\\.|[^\\]/gsu, (part) =>
      part.startsWith("\\") ? part : part.toLowerCase(),
    );
    write(createReader(Array.from(lower))(), steps);
    steps.push({ kind: "found" });
    return { ok: true, test: (text) => search(steps, text.toLowerCase()) };
  } catch (error) {
    if (error instanceof PatternFault)
      return { ok: false, fault: `The pattern cannot be read: ${error.message}.` };
    throw error;
  }
}
