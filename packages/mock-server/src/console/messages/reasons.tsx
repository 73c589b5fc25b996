/** @jsxImportSource hono/jsx */
import { effective, route, type Address, type Route, type Rule } from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import { membersOf } from "../../engine/roster.ts";
import type { GroupState } from "../../engine/world.ts";
import { Text } from "../parts/text.tsx";

const MOST_SHOWN = 100;

/** Who would get a message to a group if it were sent now. */
export function routeNow({ flags, active, roster, cursor }: GroupState, sender: Address): Route {
  return route({ group: { flags, active }, members: [...membersOf(roster)], sender, cursor });
}

/** Rules with what they rest on. */
export const Rules = ({ rules }: { rules: readonly Rule[] }): JSX.Element => (
  <ul class="plain">
    {rules.map(({ sentence, source, confidence }) => (
      <li>
        {sentence}{" "}
        <span class="muted">
          ({confidence}: {source})
        </span>
      </li>
    ))}
  </ul>
);

/** Why a member does not get a message. */
function whyNot(
  { flags }: GroupState,
  isSender: boolean,
  permissions: Parameters<typeof effective>[1],
): string {
  const { allowed, rule } = effective(flags, permissions).receive;
  if (!allowed) return rule.sentence;
  if (isSender && !flags.loopback) return "The sender gets no copy.";
  return flags.receive === "in_turn" ? "It was not their turn." : "They joined, or may receive, only since.";
}

/** The members who do not get a message, with the reason. */
export function LeftOut(props: {
  group: GroupState;
  sender: Address;
  received: ReadonlySet<Address>;
}): JSX.Element | null {
  const { group, sender, received } = props;
  const others = [...membersOf(group.roster)].filter(({ address }) => !received.has(address));
  if (others.length === 0) return null;
  return (
    <>
      <h3>Members who did not get it</h3>
      <ul class="plain">
        {others.slice(0, MOST_SHOWN).map(({ address, permissions }) => (
          <li>
            <Text of={address} />: {whyNot(group, address === sender, permissions)}
          </li>
        ))}
        {others.length > MOST_SHOWN ? <li>and {others.length - MOST_SHOWN} more</li> : null}
      </ul>
    </>
  );
}
