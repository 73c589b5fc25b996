/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { Forecast } from "./forecast.tsx";
import { latestMessages, type MessageFacts } from "./message-facts.ts";
import { messageIn } from "./message-request.ts";
import { MessageForm } from "./message-form.tsx";
import { afterRequest, typedInto, type Action, type Page, type Visit } from "../page.ts";
import { pagePath } from "../paths.ts";
import { send } from "../send.ts";
import { Name, Text } from "../parts/text.tsx";
import { Time } from "../parts/times.tsx";

const MOST_SHOWN = 50;

const states = ["delivered", "waiting", "lost"] as const;

function MessageRow({ visit: { entry }, message }: { visit: Visit; message: MessageFacts }): JSX.Element {
  const { mid, from, gid, text, at, deliveries } = message;
  const group = gid === undefined ? undefined : entry.world.groups.get(gid);
  const counts = states
    .map((state) => ({ state, times: deliveries.filter((each) => each.state === state).length }))
    .filter(({ times }) => times > 0);
  return (
    <tr>
      <td class="number">
        <a href={pagePath(entry, "messages", mid)}>{mid}</a>
      </td>
      <td>{at === undefined ? null : <Time at={at} />}</td>
      <td data-label="from">
        <Text of={from} />
      </td>
      <td data-label="to">{group === undefined ? (gid ?? "users") : <Name of={group.name} />}</td>
      <td data-label="·">
        <Text of={text} />
      </td>
      <td data-label="·">{counts.map(({ state, times }) => `${times} ${state}`).join(", ")}</td>
    </tr>
  );
}

function MessageTable({ visit }: { visit: Visit }): JSX.Element {
  const messages = latestMessages(visit.entry, MOST_SHOWN);
  if (messages.length === 0) return <p class="empty">Nobody has received a message yet.</p>;
  return (
    <div class="scroll">
      <table class="stack">
        <caption>The latest messages that somebody received, newest first</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              mid
            </th>
            <th scope="col">At (UTC)</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Text</th>
            <th scope="col">Received</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <MessageRow visit={visit} message={message} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sendMessage: Action = async (visit, form) => {
  const sent = await send(visit, "message", messageIn(form));
  if (!sent.ok) return sent;
  const mid = sent.result?.mid;
  const messages = pagePath(visit.entry, "messages");
  return { to: afterRequest(mid === undefined ? messages : `${messages}/${mid}`, sent.n) };
};

/** Messages: send one, and see who has received which. */
export const messagesPage: Page = {
  path: "/messages",
  title: () => "Messages",
  body: (visit, retry) => {
    const asked = visit.query.has("ask") ? visit.query : undefined;
    return (
      <>
        <section class="card" aria-labelledby="new">
          <h2 id="new">New message</h2>
          <MessageForm visit={visit} typed={typedInto("send", retry) ?? asked} />
        </section>
        <Forecast visit={visit} />
        <section class="card">
          <MessageTable visit={visit} />
        </section>
      </>
    );
  },
  actions: { send: sendMessage },
};
