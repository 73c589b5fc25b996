import { MAX_DELIVERED_TEXT, MAX_DELIVERIES, type Delivery, type World } from "./world.ts";

/** Forgets the oldest deliveries, a tenth of them at a time, so that forgetting costs little for each new one. */
function forget(world: World): void {
  const { deliveries } = world;
  const isOver = (): boolean =>
    deliveries.length > 1 && (deliveries.length > MAX_DELIVERIES || world.deliveredText > MAX_DELIVERED_TEXT);
  while (isOver()) {
    const gone = deliveries.splice(0, Math.max(1, Math.floor(deliveries.length / 10)));
    for (const { text } of gone) world.deliveredText -= text.length;
  }
}

/** Adds a delivery, and forgets the oldest ones where there are too many or their texts are too long. */
export function remember(world: World, delivery: Delivery): void {
  world.deliveries.push(delivery);
  world.deliveredText += delivery.text.length;
  forget(world);
}
