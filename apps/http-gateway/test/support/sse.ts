/** One block of an event stream. */
export interface Block {
  readonly id: number | undefined;
  /** Undefined for a comment. */
  readonly event: string | undefined;
  readonly data: unknown;
  readonly comment: string | undefined;
}

function parse(block: string): Block {
  const fields = new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trimStart()] as const;
    }),
  );
  const id = fields.get("id");
  const data = fields.get("data");
  return {
    id: id === undefined ? undefined : Number(id),
    event: fields.get("event"),
    data: data === undefined ? undefined : JSON.parse(data),
    comment: fields.get(""),
  };
}

/** The blocks of an event stream as they come. To leave the loop cancels the stream. */
export async function* blocksOf({ body }: Response): AsyncGenerator<Block, void, void> {
  if (body === null) throw new Error("there is no stream");
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${text}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) yield parse(block);
  }
  if (rest !== "") throw new Error(`the stream ended within a block: ${rest}`);
}

/** Reads blocks until there are so many, or the stream ends, and cancels it. */
export async function readBlocks(response: Response, count = Infinity): Promise<readonly Block[]> {
  const read: Block[] = [];
  for await (const block of blocksOf(response)) {
    read.push(block);
    if (read.length >= count) break;
  }
  return read;
}
