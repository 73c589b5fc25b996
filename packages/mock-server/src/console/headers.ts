import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

const none = ["'none'"];
const self = ["'self'"];

/** Headers that keep a page of the console to itself, whatever somebody has named their group. */
export const strictHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: none,
    styleSrc: self,
    scriptSrc: self,
    connectSrc: self,
    imgSrc: ["'self'", "data:"],
    formAction: self,
    frameAncestors: none,
    baseUri: none,
  },
  // Not no-referrer: a browser would then send `Origin: null` with each form, which the guard refuses.
  referrerPolicy: "same-origin",
  xFrameOptions: "DENY",
  // The mock speaks http on one machine; there is nothing to upgrade.
  strictTransportSecurity: false,
});
