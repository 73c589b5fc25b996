import { writeSync } from "node:fs";
import { createRandom } from "../../src/faults/random.ts";
import { openHistory } from "./history.ts";

// A process to be killed: plays a history into a file from a step on without end, some steps in each turn of the
// event loop, and prints the number of each step that is acknowledged.

const [file = "", seed = "0", from = "0", fsync = ""] = process.argv.slice(2);
const history = openHistory(Number(seed), file, fsync === "fsync");
const random = createRandom(Number(from));
let step = Number(from);
for (;;) {
  for (let left = Math.floor(random() * 16); left >= 0; left -= 1) {
    const played = step;
    step += 1;
    history.play(played);
    history.worlds.recorder.settle((error) => {
      if (error !== undefined) throw error;
      writeSync(1, `${played}\n`);
    });
  }
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
