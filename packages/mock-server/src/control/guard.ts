import { ControlProblem } from "./problem.ts";

/** Where a request says that it goes to and comes from. */
export interface Sender {
  /** The `Host` header. */
  readonly host: string | undefined;
  /** The `Origin` header. */
  readonly origin: string | undefined;
  /** The `Sec-Fetch-Site` header: browsers say there whose page has made them send the request. */
  readonly site: string | undefined;
}

/** Who sends a request, by its headers. */
export const senderOf = (header: (name: string) => string | undefined): Sender => ({
  host: header("host"),
  origin: header("origin"),
  site: header("sec-fetch-site"),
});

const hostname = (host: string): string | undefined => {
  try {
    // A name may end with the dot of the root.
    return new URL(`http://${host}`).hostname.replace(/\.$/, "");
  } catch {
    return undefined;
  }
};

const isIp = (name: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) || name.startsWith("[");

/**
 * Throws for a request that a web page has made a developer's browser send: one that names the mock by a foreign
 * host (DNS rebinding), or that comes from another origin.
 *
 * @param own - The host name that the mock was told to listen on.
 */
export function refuseForeign({ host, origin, site }: Sender, own: string): void {
  const name = host === undefined ? undefined : hostname(host);
  if (
    name === undefined ||
    !(name === "localhost" || name.endsWith(".localhost") || name === own.toLowerCase() || isIp(name))
  ) {
    const shown = JSON.stringify(host ?? "");
    throw new ControlProblem(
      "foreign-host",
      `The header Host is ${shown}; the control API answers to an IP address, to localhost and to the name given with --host.`,
    );
  }
  if (site === "cross-site" || site === "same-site") {
    const detail = `The header Sec-Fetch-Site is ${site}, and a page of another origin may not drive this mock.`;
    throw new ControlProblem("foreign-host", detail);
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host ?? ""}`.toLowerCase()) {
    throw new ControlProblem(
      "foreign-host",
      `The header Origin is ${JSON.stringify(origin)}, and a page of another origin may not drive this mock.`,
    );
  }
}
