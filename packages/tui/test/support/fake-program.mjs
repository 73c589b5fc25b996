// Stands for an editor (a file is named) or a pager (the text comes in): notes what it was given, takes the whole
// terminal, and ends as it is told to: q well, x with 1, k killed with everything left on. Other keys are noted.
import { execFileSync } from "node:child_process";
import { openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ReadStream } from "node:tty";

const [path] = process.argv.slice(2);
const permissions = (of) => (statSync(of).mode & 0o777).toString(8);
const secrets = Object.keys(process.env).filter((name) => /TOKEN|KEY/.test(name));
const tty = openSync("/dev/tty", "r");
const given = {
  path,
  text: readFileSync(path ?? 0, "utf8"),
  permissions: path === undefined ? [] : [permissions(path), permissions(dirname(path))],
  secrets,
  line: execFileSync("stty", ["-g"], { encoding: "utf8", stdio: [tty, "pipe", "inherit"] }),
};

let typed = "";
const note = () => writeFileSync(process.env.NOTES, JSON.stringify({ ...given, typed }));
const { EDITS } = process.env;
if (path !== undefined && EDITS !== undefined) writeFileSync(path, EDITS);

const keyboard = new ReadStream(tty);
const isCooked = process.env.COOKED !== undefined;
if (isCooked) process.on("SIGINT", () => process.stdout.write("interrupted\n"));
else {
  process.stdout.write("\u001b[?1049h\u001b[?1000h\u001b[?2004h\u001b[?25l");
  keyboard.setRawMode(true);
}
note();
process.stdout.write("the program has the terminal\r\n");

function end(code) {
  if (!isCooked) {
    keyboard.setRawMode(false);
    process.stdout.write("\u001b[?25h\u001b[?2004l\u001b[?1000l\u001b[?1049l");
  }
  process.exit(code);
}

keyboard.on("data", (chunk) => {
  for (const key of chunk.toString()) {
    if (key === "q") end(0);
    if (key === "x") end(1);
    if (key === "k") process.kill(process.pid, "SIGKILL");
    typed += key;
    note();
  }
});
