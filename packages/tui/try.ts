import { editConfig } from "./src/profile/edit.ts";
import { doctor } from "./src/profile/doctor.ts";
import { doctorText } from "./src/profile/doctor-text.ts";
import { surroundings } from "./src/profile/surroundings.ts";
const around = { ...surroundings(), home: "/tmp/h2-try" };
await editConfig({ kind: "add", name: "x" + Date.now(), profile: { kind: "mock" } }, around);
process.stdout.write(doctorText(await doctor({ around, flags: {}, terminal: { isTerminal: false, nodeVersion: process.version } })));
