import type { Address } from "@mesibo-groups/core";
import { userAt, type World } from "./world.ts";

/** Says that a user is online or not. Who comes online gets what waits for them; false where there is no such user. */
export function setOnline(world: World, address: Address, online: boolean): boolean {
  const user = userAt(world, address);
  if (user === undefined) return false;
  world.users.set(user.uid, { ...user, online });
  if (!online) return true;
  for (const [index, delivery] of world.deliveries.entries()) {
    if (delivery.to === address && delivery.state === "waiting")
      world.deliveries[index] = { ...delivery, state: "delivered" };
  }
  return true;
}
