import { createAskGateway, type AskGateway } from "../../gateway/ask.ts";
import { targetOf, type Asking } from "../target.ts";

const OTHERWISE =
  "This is for a gateway: only it keeps API keys and an audit. Choose a profile of kind gateway with --profile, or set GATEWAY_URL and GATEWAY_API_KEY.";

/** Opens the gateway that options, environment and files choose, besides the client. */
export async function openGateway(asking: Asking, changes = false): Promise<AskGateway> {
  const { url, secret } = await targetOf(asking, { kind: "gateway", otherwise: OTHERWISE, changes });
  return createAskGateway({ url, key: secret, signal: asking.signal });
}
