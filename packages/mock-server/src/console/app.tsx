/** @jsxImportSource hono/jsx */
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { css } from "./parts/style.ts";
import { script } from "./parts/script.ts";
import { refuseForeign, senderOf, type Sender } from "../control/guard.ts";
import type { ControlOptions } from "../control/app.ts";
import { ControlProblem, problems } from "../control/problem.ts";
import { settled } from "../control/settled.ts";
import { withoutTokens } from "../control/without-tokens.ts";
import { mountExtras } from "./extras.tsx";
import { Fidelity } from "./fidelity.tsx";
import { strictHeaders } from "./headers.ts";
import { Home } from "./home.tsx";
import { layout } from "./parts/layout.tsx";
import { pages } from "./pages.ts";
import { CONSOLE_PATH, HOME_PATH, pagePath } from "./paths.ts";
import { mountPages } from "./mount.tsx";
import { fieldOf } from "./form.ts";

/** The largest form that is read: 1 MiB. Lists of 100,000 addresses go to mesibo's own paths. */
const MAX_FORM = 1024 * 1024;

const asset = (text: string, type: string): ((c: Context) => Response) => {
  return (c) => c.body(text, 200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" });
};

/** Who looks at a page. A link to the console on a foreign page may be followed: that drives nothing. */
function visitorOf(c: Context): Sender {
  const sender = senderOf((name) => c.req.header(name));
  const follows = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate";
  return follows ? { ...sender, site: undefined } : sender;
}

const tooLarge = new ControlProblem("too-large", "The form is over 1 MiB.");
const defect = new ControlProblem("defect", "The console failed on this page. Please report it.");

/** The web console of a mock: its pages below `/_mock`, without the control API. */
export function createConsole({ host, ...context }: ControlOptions): Hono {
  const { worlds } = context;
  const app = new Hono();
  const failed = (c: Context, { problem, message }: ControlProblem) => {
    const { status, title } = problems[problem];
    return c.html(layout({ title, context, children: <p>{withoutTokens(worlds, message)}</p> }), status);
  };

  app.use(strictHeaders);
  app.use(async (c, next) => {
    if (host !== undefined) refuseForeign(visitorOf(c), host);
    await next();
    c.header("cache-control", "no-store");
  });
  app.use(bodyLimit({ maxSize: MAX_FORM, onError: (c) => failed(c, tooLarge) }));

  const home = (failure?: string) =>
    layout({ title: "Worlds", context, children: <Home worlds={worlds} failure={failure} /> });
  for (const path of ["/_mock", CONSOLE_PATH]) app.get(path, (c) => c.redirect(HOME_PATH));
  app.get(HOME_PATH, (c) => c.html(home()));
  app.get(`${CONSOLE_PATH}.css`, asset(css, "text/css"));
  app.get(`${CONSOLE_PATH}.js`, asset(script, "text/javascript"));
  app.post(CONSOLE_PATH, async (c) => {
    const token = fieldOf(new URLSearchParams(await c.req.text()), "token").trim();
    const entry = token === "" ? undefined : worlds.find(token);
    await settled(context);
    if (entry !== undefined) return c.redirect(pagePath(entry, "groups"), 303);
    return c.html(
      home(
        "This mock was started with --token and does not know that one, or it is empty or over 256 characters.",
      ),
      422,
    );
  });
  app.get(`${CONSOLE_PATH}/fidelity`, (c) =>
    c.html(layout({ title: "Fidelity", context, children: <Fidelity /> })),
  );
  mountExtras(app, context);
  mountPages(app, context, pages);

  app.notFound(() => {
    // Without the path, which may hold a token in any spelling.
    throw new ControlProblem("not-found", "The console has no such page.");
  });
  app.onError((error, c) => failed(c, error instanceof ControlProblem ? error : defect));
  return app;
}
