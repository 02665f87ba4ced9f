import { BanyanError } from "@banyan/app-common";
import { createGasStation } from "@banyan/app-common/app";
import { regionId } from "@banyan/app-common/policy";
import { createKindsStage, digestOf, type Stage, type StoryScene } from "@banyan/app-common/story";
import type { Hex } from "viem";
import type { TraceContracts } from "../deploy/index.ts";
import { createMemoryArchive } from "../trace/archive.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { eventKinds } from "./events/index.ts";
import { createNameBook, type NameBook } from "./names.ts";
import type { Play } from "./play-context.ts";
import { explain } from "./refusal.ts";

/** The stage of a story of traceability, with what the report needs to know. */
export interface TraceStage extends Stage {
  readonly names: NameBook;
  readonly contracts: TraceContracts;
}

/** What a stage is built from. */
export type TraceScene = Omit<StoryScene<unknown>, "deployment"> & { readonly contracts: TraceContracts };

/** Makes the stage on which stories of traceability are played. */
export function createTraceStage({ contracts, wallet, provider, treasury, files, ...scene }: TraceScene): TraceStage {
  const names = createNameBook();
  const gas = createGasStation({ provider, treasury });
  let region: Hex | undefined;
  let salt = "";

  const as = async (party: string) => {
    const { address } = wallet.account(party);
    await gas.fill(address);
    return { account: address };
  };

  const play: Play = {
    contracts,
    names,
    as,
    async asAgent(party) {
      names.id("party", party);
      return await as(party);
    },
    party: (name) => Number(names.id("party", name)),
    address: (party) => wallet.account(party).address,
    account: (party) => wallet.account(party),
    digest: (document) => digestOf(salt, document),
    archive: createMemoryArchive(),
    read: files.read,
    apply: (attempt) => stage.applyInPlace(attempt),
    forgetSent: scene.forgetSent,
    get region() {
      if (region !== undefined) return region;
      throw new BanyanError(
        "STORY_NOT_OPEN",
        { en: "the story's region is not known", zh: "业务文件的地区不明" },
        { cure: { en: 'Begin with an "open" line.', zh: '首行请写 "open" 事件。' } },
      );
    },
  };

  const stage = createKindsStage({
    ...{ play, kinds: eventKinds, names, provider, page: EVENTS_PAGE, explain },
    onLine: scene.onLine,
    onOpen(opening) {
      region = regionId(opening.region);
      salt = opening.salt;
    },
  });
  return { ...stage, names, contracts };
}
