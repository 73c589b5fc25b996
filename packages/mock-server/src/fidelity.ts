import { rules, type Confidence } from "@mesibo-groups/core";
import { wireBehaviours } from "@mesibo-groups/core/wire";
import type { Behaviour } from "./engine/behaviour.ts";
import { expiryBehaviours } from "./engine/expiry.ts";
import { groupBehaviours } from "./engine/groups.ts";
import { memberBehaviours } from "./engine/members.ts";
import { messageBehaviours } from "./engine/messages.ts";
import { listBehaviours } from "./engine/pattern.ts";
import { refusalRules } from "./engine/refusals.ts";
import { userBehaviours } from "./engine/users.ts";
import { answerBehaviours } from "./ruling.ts";

/** What a part of the mock does, and what it does not do. */
export interface FidelityArea {
  readonly name: string;
  readonly behaviours: readonly Behaviour[];
}

const refusals: readonly Behaviour[] = Object.entries(refusalRules).map(
  ([name, { error, code, cause, source, confidence }]) => ({
    id: `refusal_${name}`,
    sentence: `${error} ${code}: ${cause.endsWith(".") ? cause : `${cause}.`}`,
    source,
    confidence,
  }),
);

/** Everything that the mock does because of a source, or for want of one. */
export const fidelity: readonly FidelityArea[] = [
  { name: "Requests", behaviours: Object.values(wireBehaviours) },
  { name: "Answers", behaviours: Object.values(answerBehaviours) },
  { name: "Refusals", behaviours: refusals },
  { name: "Users", behaviours: Object.values(userBehaviours) },
  { name: "Groups", behaviours: [...Object.values(groupBehaviours), ...Object.values(expiryBehaviours)] },
  { name: "Members", behaviours: Object.values(memberBehaviours) },
  { name: "Lists", behaviours: Object.values(listBehaviours) },
  { name: "Who may do what", behaviours: Object.values(rules) },
  { name: "Messages", behaviours: Object.values(messageBehaviours) },
];

/** What mesibo has and the mock does not. */
export const notEmulated = [
  "Real-time connections, calls and push notifications: nobody receives anything, deliveries can be read instead.",
  "Administration of apps and of tokens: any app token works, or those that you name.",
  "Limits of a plan, rates and quotas: TOKENBREACH comes only as a fault that you ask for.",
  "Profiles, avatars, files and read receipts.",
  "Group administration by members (the SDK's own group calls): owners and admins have no meaning here.",
] as const;

/** How many behaviours rest on what. */
export function countByConfidence(): Readonly<Record<Confidence, number>> {
  const counts = { documented: 0, recorded: 0, assumed: 0 };
  for (const { behaviours } of fidelity) {
    for (const { confidence } of behaviours) counts[confidence] += 1;
  }
  return counts;
}

/** The behaviours with these ids, and how often each was relied on. */
export function reliedOn(
  times: ReadonlyMap<string, number>,
): readonly { readonly behaviour: Behaviour; readonly times: number }[] {
  return fidelity.flatMap(({ behaviours }) =>
    behaviours.flatMap((behaviour) => {
      const often = times.get(behaviour.id);
      return often === undefined ? [] : [{ behaviour, times: often }];
    }),
  );
}
