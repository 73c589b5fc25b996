import type { Mock } from "../../src/index.ts";

/** An answer of the console. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** What a reader sees: no tags, one space between words. */
  readonly text: string;
}

/** The console of one world, without a browser. */
export interface Console {
  readonly get: (path: string) => Promise<Seen>;
  /** Sends a form to a page and gives what the page answers, before any redirect. */
  readonly submit: (path: string, fields: Record<string, string>) => Promise<Seen>;
  /** Sends a form and looks at the page that it leads to. */
  readonly follow: (path: string, fields: Record<string, string>) => Promise<Seen>;
}

const ORIGIN = "http://mesibo.mock";

const plain = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);

const textOf = (html: string): string =>
  html
    .replaceAll(/<head>.*?<\/head>/gs, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&\w+;|&#39;/g, (name) => plain.get(name) ?? name)
    .replaceAll(/\s+/g, " ")
    .trim();

async function seen(answer: Response): Promise<Seen> {
  const html = await answer.text();
  return { status: answer.status, headers: answer.headers, html, text: textOf(html) };
}

/** Asks a mock in this process for a path. */
export const ask = async (mock: Mock, path: string, init?: RequestInit): Promise<Seen> =>
  seen(await mock.fetch(new Request(`${ORIGIN}${path}`, init)));

const post = (fields: Record<string, string>): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
});

/** Opens the world of a token, as somebody does on the first page. */
export async function openConsole(mock: Mock, token = mock.token): Promise<Console> {
  const opened = await ask(mock, "/_mock/console", post({ token }));
  const base = (opened.headers.get("location") ?? "").replace(/\/groups$/, "");
  const submit = (path: string, fields: Record<string, string>) => ask(mock, base + path, post(fields));
  return {
    get: (path) => ask(mock, base + path),
    submit,
    follow: async (path, fields) => {
      const answer = await submit(path, fields);
      const to = answer.headers.get("location");
      if (to === null) throw new Error(`${path} led nowhere: ${answer.status} ${answer.text}`);
      return ask(mock, to);
    },
  };
}
