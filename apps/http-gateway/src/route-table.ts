/** A path of the gateway with the methods that it takes. */
export interface TableRow {
  /** As the document writes it: `/v1/groups/{gid}`. */
  readonly template: string;
  readonly methods: readonly string[];
}

/** Finds the row of a path, or undefined where the gateway has no such path. */
export type RouteTable = (path: string) => TableRow | undefined;

/** A table of the paths of an OpenAPI document. */
export function createRouteTable(paths: Readonly<Record<string, object>>): RouteTable {
  const rows = Object.entries(paths).map(([template, operations]) => {
    const methods = Object.keys(operations).map((method) => method.toUpperCase());
    return {
      template,
      // Hono answers HEAD wherever there is a GET.
      methods: methods.includes("GET") ? ["HEAD", ...methods] : methods,
      pattern: new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{[^}]+\}/g, "[^/]+")}$`),
    };
  });

  return (path) => rows.find(({ pattern }) => pattern.test(path));
}
