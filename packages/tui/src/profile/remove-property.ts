import { createScanner, findNodeAtLocation, parseTree, type Edit, type JSONPath } from "jsonc-parser";

/** The offset of the comma that comes next, where nothing but space and comments stands before it. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const found = scanner.getTokenOffset();
  return text[found] === "," ? found : undefined;
}

const without = (offset: number): Edit => ({ offset, length: 1, content: "" });

/**
 * The edits that take a property out of an object. The library's own take the comments between it and its
 * neighbour along; these leave every comment.
 */
export function removal(text: string, path: JSONPath): Edit[] {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const property = tree === undefined ? undefined : findNodeAtLocation(tree, path)?.parent;
  if (property === undefined) return [];
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.indexOf(property) - 1];
  const end = property.offset + property.length;
  const next = commaAfter(text, end);
  const isLast = siblings.at(-1) === property;
  const previous = before === undefined ? undefined : commaAfter(text, before.offset + before.length);
  const start = property.offset - (/\r?\n[ \t]*$/.exec(text.slice(0, property.offset))?.[0].length ?? 0);
  const own = { offset: start, length: end - start, content: "" };
  // Without a comma behind it, the one before it would be left over.
  const comma = next ?? (isLast ? previous : undefined);
  return comma === undefined ? [own] : [own, without(comma)];
}
