import {
  sql,
  type Compilable,
  type CompiledQuery,
  type Kysely,
  type QueryResult,
  type RawBuilder,
} from "kysely";
import type { Tables } from "./tables.ts";

/** What stands for the values of a statement while it is built. */
export type Places<V> = { readonly [Name in keyof V]: RawBuilder<V[Name]> };

/** A statement as one database takes it. Its parameters are read from the values of each run. */
interface Compiled<V, R> {
  readonly query: CompiledQuery<R>;
  readonly parameters: (values: V) => readonly unknown[];
}

/**
 * A statement that is built once for each database, and run with other values each time: to build one costs more
 * than SQLite's work on it. The values must have the same names each time.
 */
export function compiled<V extends object, R>(
  build: (db: Kysely<Tables>, places: Places<V>) => Compilable<R>,
): (db: Kysely<Tables>, values: V) => Promise<QueryResult<R>> {
  const known = new WeakMap<object, Compiled<V, R>>();

  function compile(db: Kysely<Tables>, values: V): Compiled<V, R> {
    const names = new Map<unknown, string>(Object.keys(values).map((name) => [{ name }, name]));
    const raw = [...names].map(([place, name]) => [name, sql`${place}`]);
    // oxlint-disable-next-line no-unsafe-type-assertion -- one for each name of V, which the checker cannot see
    const places = Object.fromEntries(raw) as Places<V>;
    const query = build(db, places).compile();
    const parameters = query.parameters.map((parameter) => {
      const name = names.get(parameter);
      return name === undefined ? () => parameter : (given: V) => Reflect.get(given, name) as unknown;
    });
    return { query, parameters: (given) => parameters.map((read) => read(given)) };
  }

  return (db, values) => {
    const { adapter } = db.getExecutor();
    const statement = known.get(adapter) ?? compile(db, values);
    known.set(adapter, statement);
    return db.executeQuery({ ...statement.query, parameters: statement.parameters(values) });
  };
}
