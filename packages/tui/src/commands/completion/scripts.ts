import type { Command } from "../command.ts";
import type { Option } from "../options.ts";

const PROGRAM = "mesibo-groups";

const nouns = (commands: readonly Command[]): readonly string[] => [
  ...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name)),
];

const verbs = (commands: readonly Command[], noun: string): readonly string[] =>
  commands.flatMap(({ name }) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));

const optionWords = ({ options }: Command): readonly string[] =>
  Object.entries(options).flatMap(([name, { negatable }]) => {
    if (name === "input") return ["--no-input"];
    return negatable === true ? [`--${name}`, `--no-${name}`] : [`--${name}`];
  });

// Names and choices are our own words: letters, digits, dashes and underscores, safe in every shell.
const caseLines = (commands: readonly Command[]): string =>
  [
    ...nouns(commands).flatMap((noun) => {
      const words = verbs(commands, noun);
      return words.length === 0 ? [] : [`    "${noun}") words="${words.join(" ")}" ;;`];
    }),
    ...commands.map((command) => `    "${command.name}") words="${optionWords(command).join(" ")}" ;;`),
  ].join("\n");

const choiceLines = (commands: readonly Command[]): string => {
  const choices = new Map<string, readonly string[]>();
  for (const { options } of commands)
    for (const [name, option] of Object.entries<Option>(options))
      if (option.choices !== undefined) choices.set(name, option.choices);
  return [...choices].map(([name, words]) => `    --${name}) words="${words.join(" ")}" ;;`).join("\n");
};

const bash = (commands: readonly Command[]): string => `_mesibo_groups() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  local noun="\${COMP_WORDS[1]}" verb="\${COMP_WORDS[2]}"
  case "$before" in
${choiceLines(commands)}
  esac
  if [ -z "$words" ]; then
    local key="$noun $verb"
    if [ "$COMP_CWORD" -eq 1 ]; then key=""; fi
    if [ "$COMP_CWORD" -eq 2 ]; then key="$noun"; fi
    case "$key" in
    "") words="${[...nouns(commands), "tui"].join(" ")} --help --version" ;;
${caseLines(commands)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _mesibo_groups ${PROGRAM}
`;

const zsh = (commands: readonly Command[]): string =>
  `#compdef ${PROGRAM}\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;

const fishOption = (
  condition: string,
  name: string,
  { about, type, choices, negatable }: Option,
): readonly string[] => {
  const line = (word: string): string => {
    const takes =
      type === "string" ? ` -r${choices === undefined ? "" : ` -f -a ${quoted(choices.join(" "))}`}` : "";
    return `complete -c ${PROGRAM} -n ${quoted(condition)} -l ${word}${takes} -d ${quoted(about)}`;
  };
  if (name === "input") return [line("no-input")];
  return negatable === true ? [line(name), line(`no-${name}`)] : [line(name)];
};

function fish(commands: readonly Command[]): string {
  const lines = nouns(commands).flatMap((noun) => {
    const own = verbs(commands, noun);
    const top = `complete -c ${PROGRAM} -f -n __fish_use_subcommand -a ${quoted(noun)}`;
    const inside = `__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${own.join(" ")}`;
    return own.length === 0
      ? [top]
      : [top, `complete -c ${PROGRAM} -f -n ${quoted(inside)} -a ${quoted(own.join(" "))}`];
  });
  const options = commands.flatMap(({ name, options }) => {
    const condition = name
      .split(" ")
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join("; and ");
    return Object.entries(options).flatMap(([option, about]) => fishOption(condition, option, about));
  });
  return `${[...lines, ...options].join("\n")}\n`;
}

/** Completion scripts by shell, made from the table of commands. */
export const scripts = { bash, zsh, fish } as const;
