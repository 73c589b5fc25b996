/**
 * What Node's `parseArgs` found wrong with a command line, in one sentence with its next step.
 * @example parseFault(new Error("Unknown option '--x'. To specify …")) // "Unknown option '--x'. See --help."
 */
export function parseFault({ message }: Error): string {
  const [, option] = /^Option '(-[^']+)' argument is ambiguous/.exec(message) ?? [];
  if (option !== undefined) {
    const joined = `${option}${option.startsWith("--") ? "=" : ""}-`;
    return `${option} needs a value. One that begins with a dash is written ${joined}…. See --help.`;
  }
  // The first sentence names the option; the rest is advice about positional arguments.
  const [first = ""] = message.split(/\. |\n/);
  return `${first.replace(/\.$/, "")}. See --help.`;
}
