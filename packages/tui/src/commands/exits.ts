/** Exit codes, the same for every command: a script decides by them what is safe to repeat. */
export const exits = {
  done: { code: 0, meaning: "done, or nothing to change" },
  refused: { code: 1, meaning: "the server refused; definitely not done" },
  usage: { code: 2, meaning: "the command line, its input or the configuration is wrong; nothing was sent" },
  unauthorised: { code: 3, meaning: "not authorised: the app token was refused, or the app is disabled" },
  not_sent: { code: 4, meaning: "never sent, or a read without an answer; safe to repeat" },
  unknown: { code: 5, meaning: "sent, but no usable answer; it may have happened" },
  partial: { code: 6, meaning: "done in part; the details are on stdout" },
  conflict: { code: 7, meaning: "conflict, or a precondition that does not hold" },
  not_found: { code: 8, meaning: "no such group, member or user" },
  changes: { code: 10, meaning: "the plan has changes, or the groups differ" },
  interrupted: { code: 130, meaning: "interrupted (SIGINT)" },
  terminated: { code: 143, meaning: "terminated (SIGTERM)" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly meaning: string }>>;

/** The name of an exit code. */
export type Exit = keyof typeof exits;
