/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { ControlProblem } from "../../control/problem.ts";
import type { Delivery, GroupState } from "../../engine/world.ts";
import { DeliveryMark } from "./delivery-mark.tsx";
import { findMessage, type MessageFacts } from "./message-facts.ts";
import type { Page, Visit } from "../page.ts";
import { pagePath } from "../paths.ts";
import { LeftOut, routeNow, Rules } from "./reasons.tsx";
import { Lines, Name, Text } from "../parts/text.tsx";
import { Time } from "../parts/times.tsx";

const MOST_SHOWN = 500;

function messageOf({ entry, params, query }: Visit): MessageFacts {
  const mid = params["mid"] ?? "";
  const found = findMessage(entry, Number(mid), Number(query.get("did") ?? 0));
  if (found !== undefined) return found;
  const detail = `World ${entry.id} remembers no message ${mid.slice(0, 20)} that somebody received.`;
  throw new ControlProblem("not-found", detail);
}

function Received({ deliveries }: { deliveries: readonly Delivery[] }): JSX.Element {
  if (deliveries.length === 0) return <p class="empty">Nobody received it.</p>;
  return (
    <div class="scroll">
      <table class="stack">
        <caption>
          {deliveries.length === 1 ? "1 address" : `${deliveries.length} addresses`}
          {deliveries.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} of them` : ""}
        </caption>
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.slice(0, MOST_SHOWN).map(({ to, state }) => (
            <tr>
              <th scope="row">
                <Text of={to} />
              </th>
              <td>
                <DeliveryMark state={state} explained />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Why({ group, facts }: { group: GroupState; facts: MessageFacts }): JSX.Element {
  const received = new Set(facts.deliveries.map(({ to }) => to));
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">Why</h2>
      <p class="hint">By the settings that the group has now.</p>
      <Rules rules={routeNow(group, facts.from).because} />
      <LeftOut group={group} sender={facts.from} received={received} />
    </section>
  );
}

/** One message: who received it, and why. */
export const messagePage: Page = {
  path: "/messages/:mid",
  title: (visit) => `Message ${messageOf(visit).mid}`,
  body: (visit) => {
    const { entry } = visit;
    const facts = messageOf(visit);
    const { from, gid, text, at, deliveries } = facts;
    const group = gid === undefined ? undefined : entry.world.groups.get(gid);
    return (
      <>
        <section class="card">
          <dl>
            <dt>From</dt>
            <dd>
              <Text of={from} />
            </dd>
            {gid === undefined ? null : (
              <>
                <dt>Group</dt>
                <dd>
                  {group === undefined ? (
                    gid
                  ) : (
                    <a href={pagePath(entry, "groups", gid)}>
                      <Name of={group.name} />
                    </a>
                  )}
                </dd>
              </>
            )}
            {at === undefined ? null : (
              <>
                <dt>At</dt>
                <dd>
                  <Time at={at} /> UTC
                </dd>
              </>
            )}
          </dl>
          <Lines of={text.slice(0, 10_000)} label="Text of the message" />
        </section>
        <section class="card" aria-labelledby="received">
          <h2 id="received">Who received it</h2>
          <Received deliveries={deliveries} />
        </section>
        {group === undefined ? null : <Why group={group} facts={facts} />}
      </>
    );
  },
};
