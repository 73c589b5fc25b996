import { expect, test } from "vitest";
import { collectKeys, type KeyEvent } from "../src/keys/collect-keys.ts";
import type { KeyPress } from "../src/keys/press.ts";

const key = (name: string): KeyPress => ({ name, text: name });
const many = Array.from({ length: 256 }, () => key("a"));

function open() {
  let time = 0;
  const told: KeyEvent[] = [];
  const collector = collectKeys(
    (event) => told.push(event),
    () => time,
  );
  const wait = (ms: number): void => {
    time += ms;
  };
  return { ...collector, told, wait };
}

test("a key by itself is a key, and keys that come in one turn are a burst", async () => {
  const { press, told } = open();
  press([key("y")]);
  await Promise.resolve();
  press([key("d")]);
  press([key("y")]);
  await Promise.resolve();
  expect(told).toEqual([
    { kind: "key", key: key("y") },
    { kind: "burst", keys: [key("d"), key("y")] },
  ]);
});

test("what follows a long burst at once is the rest of it", async () => {
  const { press, told, wait } = open();
  for (const ms of [0, 99, 99, 100]) {
    wait(ms);
    press(ms === 0 ? many : [key("y")]);
    await Promise.resolve();
  }
  expect(told.slice(1)).toEqual([
    { kind: "burst", keys: [key("y")] },
    { kind: "burst", keys: [key("y")] },
    { kind: "key", key: key("y") },
  ]);
});

test("what follows a short burst stands by itself", async () => {
  const { press, told } = open();
  press(many.slice(1));
  await Promise.resolve();
  press([key("y")]);
  await Promise.resolve();
  expect(told.map(({ kind }) => kind)).toEqual(["burst", "key"]);
});

test("what came before a paste is told before it", async () => {
  const { press, flush, told } = open();
  press([key("a")]);
  flush();
  expect(told).toEqual([{ kind: "key", key: key("a") }]);
  await Promise.resolve();
  expect(told).toHaveLength(1);
});
