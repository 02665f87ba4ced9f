import type { Harvest } from "./picking.ts";
import { moment } from "./clock.ts";
import type { World } from "./world.ts";

export function opening(world: World, _harvests: readonly Harvest[]): void {
  world.story.step(moment(-2, 8), { event: "open", format: "banyan-trace/1", region: "CN-ZJ-331100", salt: "sample-season-2030" });
}
