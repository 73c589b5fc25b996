// A page: it asks a mock on its own address, and tells its server what came of it.
import { work } from "./groups.mjs";

const told = await work(new URL("/backend/", location.href).href, "page").catch((error) => String(error));
await fetch("/told", { method: "POST", body: JSON.stringify(told) });
