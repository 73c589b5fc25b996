/** @jsxImportSource hono/jsx */
import type { PropsWithChildren } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { html } from "hono/html";
import type { ControlContext } from "../../control/route.ts";
import type { Instance } from "../../instance.ts";
import { CONSOLE_PATH, HOME_PATH } from "../paths.ts";
import { Text } from "./text.tsx";
import { shorten } from "./visible.ts";

/** What is around every page. */
export interface LayoutProps {
  /** The heading, and the title in the tab. */
  readonly title: string;
  readonly context: ControlContext;
  /** The pages of a world. */
  readonly nav?: JSX.Element | undefined;
}

function Header({ nav }: Pick<LayoutProps, "nav">): JSX.Element {
  return (
    <header class="top">
      <a class="brand" href={HOME_PATH}>
        <span aria-hidden="true">◆</span> mesibo mock
      </a>
      {nav ?? null}
    </header>
  );
}

function Footer({ instance }: { instance: Instance }): JSX.Element {
  return (
    <footer class="bottom">
      <span>
        build <code>{instance.build}</code>
      </span>
      <span>
        instance <code>{instance.instance.slice(0, 8)}</code>
      </span>
      <span>
        seed <code>{instance.seed}</code>
      </span>
      <a href={`${CONSOLE_PATH}/fidelity`}>Fidelity</a>
      <a href={`${HOME_PATH}openapi.json`}>openapi.json</a>
    </footer>
  );
}

/** A page of the console. */
export function layout({ title, context, nav, children }: PropsWithChildren<LayoutProps>) {
  const { text } = shorten(title, 60);
  return html`<!doctype html>${(
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${text} · mesibo mock`}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={`${CONSOLE_PATH}.css`} />
          <script src={`${CONSOLE_PATH}.js`} defer></script>
        </head>
        <body>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <Header nav={nav} />
          <main id="main" tabindex={-1}>
            <h1>
              <Text of={title} most={160} />
            </h1>
            {children}
          </main>
          <Footer instance={context.instance} />
        </body>
      </html>
    )}`;
}
