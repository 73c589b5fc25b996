import { createClient } from "@mesibo-groups/core";
import { gatewayOver } from "./gateway.ts";

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
}

/** The OpenAPI document, as far as tests read it. */
export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** One documented operation. */
export interface Documented {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The document as the gateway answers it. */
export async function readDocument(): Promise<Document> {
  const client = createClient({ token: "t", url: "http://mesibo.test/" });
  const response = await gatewayOver(client).request("/openapi.json");
  return (await response.json()) as Document;
}

/** Every operation of a document. */
export const operationsOf = ({ paths }: Document): readonly Documented[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
