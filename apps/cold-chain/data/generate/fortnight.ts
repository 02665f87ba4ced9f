import { createRandom } from "@banyan/app-common/story";
import { createStoryWriter, type SampleFiles } from "@banyan/trace-common/sample";
import { frozen } from "./frozen.ts";
import { opening } from "./opening.ts";
import { vaccines } from "./vaccine.ts";
import type { World } from "./world.ts";

const SEED = 20300603;

/** A fortnight of the sample cold chain: its files, and what they hold. */
export interface Fortnight {
  readonly files: SampleFiles;
  readonly events: number;
  readonly packs: number;
  readonly vials: number;
}

/** Makes the fortnight; the same seed gives the same files. */
export function makeFortnight(): Fortnight {
  const story = createStoryWriter({
    prefixes: { hc: "https://ns.cold-chain.example/epcis/" },
    id: "https://trace.cold-chain.example/documents/2030/",
  });
  const world: World = { story, random: createRandom(SEED) };
  opening(world);
  const { packs } = frozen(world);
  const { vials } = vaccines(world);
  return { files: story.files("fortnight.jsonl"), events: story.events(), packs: packs.length, vials: vials.length };
}
