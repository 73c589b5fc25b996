/** What was learned from answers: values by the name of the parameter that takes them. */
export interface Pool {
  readonly learn: (value: unknown) => void;
  /** One of what was learned for a parameter at a path; undefined where there is nothing. */
  readonly get: (which: {
    readonly path: string;
    readonly name: string;
    readonly index: number;
  }) => string | undefined;
}

/** Fields of answers and the parameters that take what they hold. */
const fields: Readonly<Record<string, string>> = {
  gid: "gid",
  address: "address",
  next_cursor: "cursor",
  flag_hex: "value",
  flag_names: "value",
};

/** What has an id in a path: two kinds of things, and of operations few can be settled. */
function idOf(path: string): string {
  if (path.endsWith("/resolutions")) return "unknown operation";
  if (path.includes("/operations")) return "operation";
  return path.includes("/api-keys") ? "key" : "id";
}

/** Makes a pool. */
export function createPool(): Pool {
  const values = new Map<string, string[]>();
  const put = (name: string, value: string): void => {
    const known = values.get(name) ?? [];
    if (!known.includes(value)) values.set(name, [...known, value].slice(-50));
  };

  function learn(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    const isUnknown = "may_have_happened" in value && value.may_have_happened === true;
    for (const [field, inside] of Object.entries(value)) {
      const name = fields[field];
      if (name !== undefined && (typeof inside === "string" || typeof inside === "number"))
        put(name, String(inside));
      if (field === "operation" && typeof inside === "string") {
        const id = inside.split("/").at(-1) ?? "";
        put("operation", id);
        if (isUnknown) put("unknown operation", id);
      }
      if (field === "id" && typeof inside === "string")
        put(inside.startsWith("op_") ? "operation" : "key", inside);
      learn(inside);
    }
  }

  return {
    learn,
    get: ({ path, name, index }) => {
      const known = values.get(name === "id" ? idOf(path) : name) ?? [];
      return known[index % Math.max(known.length, 1)];
    },
  };
}
