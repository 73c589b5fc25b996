/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { maskToken } from "../../mask.ts";
import type { Visit } from "../page.ts";
import { pagePath } from "../paths.ts";

const sections = [
  { name: "Groups", path: "groups" },
  { name: "Users", path: "users" },
  { name: "Messages", path: "messages" },
  { name: "Requests", path: "requests" },
  { name: "Clock", path: "clock" },
  { name: "Faults", path: "faults" },
  { name: "World", path: "world" },
] as const;

/** The pages of a world. */
export function Nav({ visit: { entry }, path }: { visit: Visit; path: string }): JSX.Element {
  return (
    <nav aria-label={`World ${entry.id}`}>
      <span class="world">
        World {entry.id} <code>{maskToken(entry.token)}</code>
      </span>
      <ul>
        {sections.map(({ name, path: section }) => (
          <li>
            <a
              href={pagePath(entry, section)}
              aria-current={path.split("/")[1] === section ? "page" : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
