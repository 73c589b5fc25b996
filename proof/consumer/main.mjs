// Node, Bun and Deno: node main.mjs <url> <token>
import process from "node:process";
import { work } from "./groups.mjs";

const [url, token] = process.argv.slice(2);
console.log(JSON.stringify(await work(url, token)));
