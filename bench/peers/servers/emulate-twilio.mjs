// vercel-labs' emulate as it comes: its Twilio service makes a Conversation, which is the nearest to a group.
// It refuses a key after 5,000 calls in an hour, so there are many keys, and the load takes them in turn.
import { createEmulator } from "emulate";
import { port } from "./groupadd.mjs";

const keys = Array.from({ length: 1_000 }, (_, index) => ({
  sid: `SK${String(index).padStart(32, "0")}`,
  secret: "secret",
}));
await createEmulator({
  service: "twilio",
  port,
  seed: {
    twilio: {
      api_keys: keys,
      conversations: { services: [{ sid: `IS${"0".repeat(32)}`, friendly_name: "Groups" }] },
    },
  },
});
