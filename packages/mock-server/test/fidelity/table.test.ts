import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wireBehaviours } from "@mesibo-groups/core/wire";
import { rules } from "@mesibo-groups/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import type { Behaviour } from "../../src/engine/behaviour.ts";
import { refusalRules } from "../../src/engine/refusals.ts";
import { countByConfidence, fidelity } from "../../src/fidelity.ts";
import { createMock, demoSeed } from "../../src/index.ts";
import { seededWorld } from "../../src/seed.ts";
import { step } from "../support/steps.ts";
import { NOW } from "../support/worlds.ts";

const rows = fidelity.flatMap(({ behaviours }) => behaviours);
const source = fileURLToPath(new URL("../../src", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(source, file), "utf8") }));

const tables = files.flatMap(({ file, text }) =>
  [...text.matchAll(/^export const (\w+Behaviours) = /gm)].map(([, name = ""]) => ({ file, name })),
);

async function tableOf({ file, name }: { readonly file: string; readonly name: string }) {
  const module = (await import(join(source, file))) as Readonly<Record<string, unknown>>;
  return Object.values(module[name] as Readonly<Record<string, Behaviour>>);
}

describe("the fidelity table", () => {
  test("has every behaviour of every table beside the code, and nothing else", async () => {
    const beside = (await Promise.all(tables.map(tableOf))).flat();
    const elsewhere = [...Object.values(wireBehaviours), ...Object.values(rules)];
    expect(tables.length).toBeGreaterThan(5);
    const ids = [...beside, ...elsewhere].map(({ id }) => id);
    const refusals = Object.keys(refusalRules).map((name) => `refusal_${name}`);
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...ids, ...refusals].toSorted());
  });

  test("names each behaviour once, by the key that it has in its table", async () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const named = await Promise.all(
      tables.map(async (table) => {
        const module = (await import(join(source, table.file))) as Readonly<Record<string, object>>;
        return Object.entries(module[table.name] ?? {}).filter(([key, { id }]) => key !== id);
      }),
    );
    expect(named.flat()).toEqual([]);
  });

  test("has a sentence and a source in each row", () => {
    const bad = rows.filter((row) => !/^\S.*\.$/.test(row.sentence) || row.source.trim() === "");
    expect(bad.map(({ id }) => id)).toEqual([]);
  });

  test("counts what it has", () => {
    const { documented, recorded, assumed } = countByConfidence();
    expect(documented + recorded + assumed).toBe(rows.length);
  });
});

describe("no rule goes without a row", () => {
  test("no comment of the engine assumes anything beside the tables", () => {
    const assumptions = files
      .filter(({ file }) => file.startsWith("engine") || file === "ruling.ts")
      .flatMap(({ file, text }) =>
        text
          .split("\n")
          .flatMap((line, index) =>
            /^\s*(?:\/\/|\/?\*).*\b(?:INFERRED|assumed)\b/.test(line) ? [`${file}:${index + 1}`] : [],
          ),
      );
    // The heading of the refusals explains their rows.
    expect(assumptions.filter((place) => !place.startsWith("engine/refusals.ts"))).toEqual([]);
  });

  test("every assumed behaviour of the engine is told to a world that rests on it", () => {
    const text = files.map((file) => file.text).join("\n");
    const silent: Readonly<Record<string, string>> = {
      gids_ascend: "every groupadd rests on it, so it would say nothing",
    };
    const engine = rows.filter(
      ({ id, confidence }) =>
        confidence === "assumed" && new RegExp(`^  ${id}: \\{$`, "m").test(text) && silent[id] === undefined,
    );
    const untold = engine.filter(
      ({ id }) => !new RegExp(`\\brely\\(\\s*world,\\s*\\w+\\.${id}\\b`).test(text),
    );
    // Refusal rules have such keys too, and are told by the refusal itself.
    expect(untold.map(({ id }) => id).filter((id) => !id.startsWith("refusal_"))).toEqual([]);
  });

  test("what random requests rest on has a row, and is only what no source confirms", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const world = seededWorld(demoSeed, NOW);
        for (const request of steps) apply(world, request, NOW);
        expect(world.relied.filter((behaviour) => !rows.includes(behaviour))).toEqual([]);
        expect(world.relied.filter(({ confidence }) => confidence !== "assumed")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the control API", () => {
  test("answers the table, and what a world rests on with how often", async () => {
    const mock = createMock({ seed: demoSeed });
    const read = async (path: string) =>
      (await (await mock.fetch(`http://mesibo.mock/_mock/${path}`, {})).json()) as Readonly<
        Record<string, unknown>
      >;
    expect(await read("fidelity")).toEqual({
      counts: countByConfidence(),
      areas: fidelity,
      not_emulated: expect.arrayContaining([expect.stringContaining("Real-time")]) as unknown,
    });
    const ask = `${mock.url}?op=groupeditmembers&token=${mock.token}&gid=102529&m=ghost&delete=1`;
    for (let times = 0; times < 2; times += 1) await mock.fetch(ask, {});
    expect(await read(`worlds/${mock.token}/fidelity`)).toEqual({
      relied: [{ ...rows.find(({ id }) => id === "removing_nobody"), times: 2 }],
    });
    expect(mock.world().relied()).toEqual([rows.find(({ id }) => id === "removing_nobody")]);
  });

  test("counts a refusal whose words are assumed, and none that is recorded", async () => {
    const mock = createMock();
    for (const query of ["op=groupdel&gid=5", "op=nope"])
      await mock.fetch(`${mock.url}?token=${mock.token}&${query}`, {});
    expect(
      mock
        .world()
        .relied()
        .map(({ id }) => id),
    ).toEqual(["refusal_group"]);
  });
});
