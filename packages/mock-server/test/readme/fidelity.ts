import type { Confidence } from "@mesibo-groups/core";
import { countByConfidence, fidelity, notEmulated } from "../../src/fidelity.ts";

const marks = {
  documented: "Documented",
  recorded: "Recorded",
  assumed: "**Assumed**",
} satisfies Record<Confidence, string>;

/** What is emulated, what is assumed and what is not there, as the README says it. */
export function fidelityList(): string {
  const { documented, recorded, assumed } = countByConfidence();
  return [
    `${documented + recorded + assumed} behaviours: ${documented} documented by mesibo, ${recorded} recorded in published answers or official clients, ${assumed} assumed because no source says anything. \`docs/wire.md\` explains the keys of the sources.`,
    ...fidelity.map(({ name, behaviours }) =>
      [
        `<details><summary>${name} (${behaviours.length})</summary>`,
        "",
        ...behaviours.map(
          ({ sentence, source, confidence }) => `- ${sentence} ${marks[confidence]}: ${source}`,
        ),
        "",
        "</details>",
      ].join("\n"),
    ),
    "Not there:",
    notEmulated.map((sentence) => `- ${sentence}`).join("\n"),
  ].join("\n\n");
}
