import type { Address } from "@mesibo-groups/core";
import { userAt, type World } from "./world.ts";

/**
 * Says who is online and who is not. Who comes online gets what waits for them. False, with nothing changed, where
 * somebody is no user.
 */
export function setPresence(world: World, presence: Readonly<Record<Address, boolean>>): boolean {
  const changes = Object.entries(presence);
  if (changes.some(([address]) => userAt(world, address) === undefined)) return false;
  const come = new Set<Address>();
  for (const [address, online] of changes) {
    const user = userAt(world, address);
    if (user !== undefined) world.users.set(user.uid, { ...user, online });
    if (online) come.add(address);
  }
  if (come.size === 0) return true;
  for (const [index, delivery] of world.deliveries.entries()) {
    if (delivery.state === "waiting" && come.has(delivery.to))
      world.deliveries[index] = { ...delivery, state: "delivered" };
  }
  return true;
}
