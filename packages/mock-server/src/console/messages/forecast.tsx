/** @jsxImportSource hono/jsx */
import type { Address } from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { DeliveryState } from "../../engine/world.ts";
import type { Visit } from "../page.ts";
import { Text } from "../parts/text.tsx";
import { foresee, type Foreseen } from "./foresee.ts";
import { messageIn } from "./message-request.ts";
import { Rules } from "./reasons.tsx";

const MOST_SHOWN = 100;
const LONGEST = 600;

const fates = [
  ["delivered", "would get it."],
  ["waiting", "would get it once they are online."],
  ["lost", "would lose it: they are offline, and it is not stored."],
] as const satisfies readonly (readonly [DeliveryState, string])[];

function Fate({ of, words }: { of: ReadonlySet<Address>; words: string }): JSX.Element {
  return (
    <p>
      {[...of].slice(0, MOST_SHOWN).map((address, index) => (
        <>
          {index === 0 ? "" : ", "}
          <strong>
            <Text of={address} />
          </strong>
        </>
      ))}
      {of.size > MOST_SHOWN ? ` and ${of.size - MOST_SHOWN} more` : ""} {words}
    </p>
  );
}

function Fates({ refusal, recipients }: Foreseen): JSX.Element {
  if (refusal !== undefined)
    return (
      <p>
        Nobody: it would be refused with {refusal.error}. <Text of={refusal.cause ?? ""} most={LONGEST} />
      </p>
    );
  if (recipients.size === 0) return <p>Nobody, although it would be accepted.</p>;
  return (
    <>
      {fates.map(([state, words]) => {
        const found = recipients.get(state);
        return found === undefined ? null : <Fate of={found} words={words} />;
      })}
    </>
  );
}

/** Who would get the message that `?ask=1` and the fields of its form describe; nothing where nobody asks. */
export function Forecast({ visit: { entry, query } }: { visit: Visit }): JSX.Element | null {
  if (!query.has("ask")) return null;
  const foreseen = foresee(entry, messageIn(query));
  return (
    <section class="card" role="status" aria-labelledby="forecast">
      <h2 id="forecast">If it were sent now</h2>
      {"title" in foreseen ? (
        <p>
          Nobody: it could not be sent. <Text of={foreseen.sentence} most={LONGEST} />
        </p>
      ) : (
        <>
          <Fates {...foreseen} />
          {foreseen.because.length === 0 ? null : <Rules rules={foreseen.because} />}
        </>
      )}
    </section>
  );
}
