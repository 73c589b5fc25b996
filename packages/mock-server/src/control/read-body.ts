import { ControlProblem } from "./problem.ts";

/** Reads a body as text, at most so many bytes of it. */
async function readText(request: Request, most: number): Promise<string> {
  if (request.body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    // Read to its end all the same: a caller that is still sending would never see the answer.
    if (bytes <= most) chunks.push(chunk);
  }
  if (bytes > most) throw new ControlProblem("too-large", `The body is over ${most} bytes.`);
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Reads a JSON body; undefined for none. */
export async function readJson(request: Request, most: number): Promise<unknown> {
  const text = await readText(request, most);
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlProblem("malformed", "The body is not JSON.");
  }
}
