/** @jsxImportSource hono/jsx */
import {
  allPermissions,
  checkFlags,
  describeFlags,
  effective,
  formatFlags,
  noPermissions,
  permissionNames,
  type GroupFlags,
  type PermissionName,
  type Verdict,
} from "@mesibo-groups/core";
import type { JSX } from "hono/jsx/jsx-runtime";
import { TextField } from "../parts/fields.tsx";
import { fieldOf } from "../form.ts";

const askers = {
  selected: "Member with the permission",
  unselected: "Member without it",
  stranger: "Somebody else",
} as const;

function VerdictCell(props: { verdict: Verdict; asker: keyof typeof askers }): JSX.Element {
  const { allowed, rule } = props.verdict;
  return (
    <td data-label={askers[props.asker]}>
      {allowed ? "✓ may" : "✕ may not"}
      <span class="hint">
        {rule.sentence} ({rule.confidence}: {rule.source})
      </span>
    </td>
  );
}

function PermissionRow({ flags, name }: { flags: GroupFlags; name: PermissionName }): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      <VerdictCell verdict={effective(flags, allPermissions)[name]} asker="selected" />
      <VerdictCell verdict={effective(flags, noPermissions)[name]} asker="unselected" />
      <VerdictCell verdict={effective(flags, "non_member")[name]} asker="stranger" />
    </tr>
  );
}

function WhoMay({ flags }: { flags: GroupFlags }): JSX.Element {
  return (
    <details>
      <summary>Who may do what under these flags, and why</summary>
      <div class="scroll">
        <table class="stack">
          <caption class="hidden">Who may do what under these flags</caption>
          <thead>
            <tr>
              <th scope="col">To</th>
              {Object.values(askers).map((asker) => (
                <th scope="col">{asker}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissionNames.map((name) => (
              <PermissionRow flags={flags} name={name} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** A group's flags as a number, in words and with what follows from them. */
export function FlagFacts(props: { flags: GroupFlags; typed: URLSearchParams | undefined }): JSX.Element {
  const { flags, typed } = props;
  const issues = checkFlags(flags);
  return (
    <section class="card" aria-labelledby="flag-number">
      <h2 id="flag-number">
        Flag <code>{formatFlags(flags, "decimal")}</code>{" "}
        <span class="muted">
          <code>{formatFlags(flags, "hex")}</code> {formatFlags(flags, "names")}
        </span>
      </h2>
      <p>{describeFlags(flags)}</p>
      {issues.length === 0 ? null : (
        <ul class="plain">
          {issues.map(({ message, confidence }) => (
            <li>
              {message} <span class="muted">({confidence})</span>
            </li>
          ))}
        </ul>
      )}
      <form method="post" class="line">
        <input type="hidden" name="do" value="flag" />
        <TextField
          id="flag"
          name="flag"
          label="Flag as a number or in names"
          value={typed === undefined ? formatFlags(flags, "decimal") : fieldOf(typed, "flag")}
          hint="17, 0x11, restricted, send-selected|loopback"
        />
        <button type="submit">Set flag</button>
      </form>
      <WhoMay flags={flags} />
    </section>
  );
}
