/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { Choice, Switch, TextField } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";
import { receiveChoices, sendChoices } from "./settings.ts";
import { hiddenFields, shownIn, type ShownSettings } from "./shown.ts";

interface Values {
  readonly text: (name: string, shown: string) => string;
  readonly on: (name: string, shown: boolean) => boolean;
}

/** What the fields hold: what was typed, or else what is so. */
function valuesOf(typed: URLSearchParams | undefined): Values {
  if (typed === undefined) return { text: (_, shown) => shown, on: (_, shown) => shown };
  return { text: (name) => fieldOf(typed, name), on: (name) => typed.has(name) };
}

/** How a form of settings is made. */
export interface SettingsFormProps {
  /** What its action is called. */
  readonly action: string;
  readonly shown: ShownSettings;
  readonly typed: URLSearchParams | undefined;
  readonly button: string;
  readonly expiryHint: string;
}

/** Group Settings: name, flags and lifetime. */
export function SettingsForm({ action, shown, typed, button, expiryHint }: SettingsFormProps): JSX.Element {
  const { text, on } = valuesOf(typed);
  const { name, flags, expiryext, active, pinned } = shown;
  const hidden = hiddenFields(typed === undefined ? shown : shownIn(typed, shown));
  return (
    <form method="post" class="settings">
      <input type="hidden" name="do" value={action} />
      {Object.entries(hidden).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <TextField id="name" name="name" label="Name" value={text("name", name)} />
      <div class="columns">
        <Choice
          id="send"
          name="send"
          label="Who may send"
          options={sendChoices}
          chosen={text("send", flags.send)}
        />
        <Choice
          id="receive"
          name="receive"
          label="Who receives"
          options={receiveChoices}
          chosen={text("receive", flags.receive)}
        />
        <fieldset class="choice">
          <legend>Messages</legend>
          <Switch
            id="store"
            name="store"
            label="Store for who is offline"
            checked={on("store", flags.store)}
          />
          <Switch
            id="loopback"
            name="loopback"
            label="Loop back to the sender"
            checked={on("loopback", flags.loopback)}
          />
        </fieldset>
        <fieldset class="choice">
          <legend>Group</legend>
          <Switch id="active" name="active" label="Active" checked={on("active", active)} />
          <Switch id="pinned" name="pinned" label="Pinned" checked={on("pinned", pinned)} />
        </fieldset>
      </div>
      <div class="columns">
        <TextField
          id="expiry"
          name="expiry"
          label="Expiry (seconds)"
          inputmode="numeric"
          value={text("expiry", "")}
          hint={expiryHint}
        />
        <TextField
          id="expiryext"
          name="expiryext"
          label="Expiry extension (seconds)"
          inputmode="numeric"
          value={text("expiryext", String(expiryext))}
          hint="Each message pushes the end by so much; 0 is off."
        />
      </div>
      <button type="submit" class="primary">
        {button}
      </button>
    </form>
  );
}
