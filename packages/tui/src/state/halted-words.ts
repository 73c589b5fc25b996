/** What there is to say and to do when mesibo has disabled the app: the title, then a paragraph each. */
export const haltedWords = (words: string): readonly [string, ...string[]] => [
  "STOP: mesibo has disabled this app (TOKENBREACH)",
  `mesibo's words: ${words}`,
  "",
  "All calls are halted: nothing more is sent, by this program, with this token.",
  "mesibo disables an app after backend calls from more than five addresses, as the token may be stolen.",
  "",
  "1. Stop everything else that uses this token.",
  "2. Open the app in the mesibo console, make a new token there and enable the app again.",
  "3. Put the new token where the profile reads it; mesibo-groups doctor shows where that is.",
  "4. Let one machine make the calls: the others go through it.",
];
