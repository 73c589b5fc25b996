import {
  sql,
  type Compilable,
  type CompiledQuery,
  type DeleteResult,
  type InsertResult,
  type Kysely,
  type RawBuilder,
  type UpdateResult,
} from "kysely";
import type { Tables } from "./tables.ts";

/** What stands for the values of a statement while it is built. */
export type Places<V> = { readonly [Name in keyof V]: RawBuilder<V[Name]> };

/** No value may be left out: the statement that was built has a place for each. */
type Whole<V> = { readonly [Name in keyof V]: string | number | null };

/** What a run answers. Kysely's counts are made by its own `execute`, and are not there. */
type Row<R> = R extends InsertResult | UpdateResult | DeleteResult ? never : R;

interface Built<R> {
  readonly query: CompiledQuery<Row<R>>;
  /** The values' names, by what stands for them among the parameters. */
  readonly names: ReadonlyMap<unknown, string>;
}

/**
 * A statement that is built once for each connection or pool, and answers its rows: to build one costs more than
 * SQLite's work on it. For what every create, or every look at one group or member, runs in the same shape; what takes
 * its shape from what is asked for is built each time.
 */
export function compiled<V extends Whole<V>, R>(
  build: (db: Kysely<Tables>, places: Places<V>) => Compilable<R>,
): (db: Kysely<Tables>, values: V) => Promise<readonly Row<R>[]> {
  const statements = new WeakMap<object, Built<R>>();

  function built(db: Kysely<Tables>, values: V): Built<R> {
    // Each transaction is a Kysely of its own, and the adapter is that of them all.
    const { adapter } = db.getExecutor();
    const before = statements.get(adapter);
    if (before !== undefined) return before;
    const marks = Object.keys(values).map((name) => ({ name }));
    // oxlint-disable-next-line no-unsafe-type-assertion -- one for each name of V, which the checker cannot see
    const places = Object.fromEntries(marks.map((mark) => [mark.name, sql`${mark}`])) as Places<V>;
    const names = new Map<unknown, string>(marks.map((mark) => [mark, mark.name]));
    const made = { query: build(db, places).compile(), names };
    statements.set(adapter, made);
    return made;
  }

  return async (db, values) => {
    const { query, names } = built(db, values);
    const parameters = query.parameters.map((parameter): unknown => {
      const name = names.get(parameter);
      return name === undefined ? parameter : Reflect.get(values, name);
    });
    return (await db.executeQuery<Row<R>>({ ...query, parameters })).rows;
  };
}
