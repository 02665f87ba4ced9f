import { createRandom } from "@banyan/app-common/story";
import { createStoryWriter, type SampleFiles } from "@banyan/trace-common/sample";
import { opening } from "./opening.ts";
import { pack } from "./packing.ts";
import { pick } from "./picking.ts";
import { process } from "./processing.ts";
import { recall } from "./recall.ts";
import { scan } from "./scans.ts";
import { trade } from "./trade.ts";
import type { World } from "./world.ts";

const SEED = 20300318;

/** A season of the sample tea: its files, and what they hold. */
export interface Season {
  readonly files: SampleFiles;
  readonly events: number;
  readonly tins: number;
  readonly recalled: number;
}

/** Makes the season; the same seed gives the same files. */
export function makeSeason(): Season {
  const random = createRandom(SEED);
  const story = createStoryWriter({
    prefixes: { qw: "https://ns.qingwu-tea.example/epcis/" },
    id: "https://trace.qingwu-tea.example/documents/2030/",
  });
  const hex = (length: number): string => Array.from({ length }, () => random.between(0, 15).toString(16)).join("");
  const world: World = {
    ...{ story, random, raw: new Map(), finished: new Map(), tins: [], cases: [] },
    uuid: () => `urn:uuid:${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
  const harvests = pick(world);
  opening(world, harvests);
  process(world, harvests);
  pack(world);
  trade(world);
  scan(world);
  const reach = recall(world);
  return { files: story.files("season.jsonl"), events: story.events(), tins: world.tins.length, recalled: reach.tins.length };
}
