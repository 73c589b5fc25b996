/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { Text } from "./text.tsx";

/** A field of a form with its label. */
export interface FieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
}

const hintOf = (id: string, hint: string | undefined): JSX.Element | null =>
  hint === undefined ? null : (
    <span class="hint" id={`${id}-hint`}>
      {hint}
    </span>
  );

const described = (id: string, hint: string | undefined): string | undefined =>
  hint === undefined ? undefined : `${id}-hint`;

/** How a line of text is asked for. */
export interface TextFieldProps extends FieldProps {
  readonly required?: boolean | undefined;
  /** The id of a datalist. */
  readonly list?: string | undefined;
  readonly inputmode?: "numeric" | "text" | undefined;
  readonly type?: "text" | "datetime-local" | undefined;
}

/** A line of text. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { id, name, label, value = "", hint, required, list, inputmode, type = "text" } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        value={value}
        required={required}
        list={list}
        inputmode={inputmode}
        step={type === "text" ? undefined : 1}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={described(id, hint)}
      />
      {hintOf(id, hint)}
    </div>
  );
}

/** Several lines of text. */
export function AreaField(props: FieldProps & { rows: number; required?: boolean | undefined }): JSX.Element {
  const { id, name, label, value = "", hint, rows, required } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        required={required}
        spellcheck={false}
        aria-describedby={described(id, hint)}
      >
        {/* HTML drops a newline at the start. */}
        {`\n${value}`}
      </textarea>
      {hintOf(id, hint)}
    </div>
  );
}

/** A switch: on or off. */
export function Switch(props: Omit<FieldProps, "value"> & { checked: boolean }): JSX.Element {
  const { id, name, label, checked, hint } = props;
  return (
    <div class="switch">
      <input
        id={id}
        name={name}
        type="checkbox"
        value="1"
        checked={checked}
        aria-describedby={described(id, hint)}
      />
      <label for={id}>{label}</label>
      {hintOf(id, hint)}
    </div>
  );
}

/** One of a few. */
export function Choice<T extends string>(props: {
  id: string;
  name: string;
  label: string;
  options: Readonly<Record<T, string>>;
  chosen: string;
}): JSX.Element {
  const { id, name, label, options, chosen } = props;
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {Object.entries<string>(options).map(([value, words]) => (
        <div>
          <input id={`${id}-${value}`} type="radio" name={name} value={value} checked={value === chosen} />
          <label for={`${id}-${value}`}>{words}</label>
        </div>
      ))}
    </fieldset>
  );
}

/** A thing that cannot be undone, behind a second press. */
export function Danger(props: {
  label: string;
  button: string;
  of: string;
  children?: JSX.Element | readonly JSX.Element[] | undefined;
}): JSX.Element {
  const { label, button, of, children } = props;
  return (
    <details class="danger">
      <summary>
        {label}{" "}
        <span class="hidden">
          <Text of={of} />
        </span>
      </summary>
      {children}
      <button type="submit">{button}</button>
    </details>
  );
}
