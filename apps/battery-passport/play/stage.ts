import { BanyanError } from "@banyan/app-common";
import { createGasStation, openClients } from "@banyan/app-common/app";
import type { ChainDeployment } from "@banyan/app-common/deploy";
import { createKindsStage, digestOf, type Stage, type StoryScene } from "@banyan/app-common/story";
import { SignatureAlgorithm } from "@banyan/trace-common/client";
import { type DeviceContracts, deviceMessage, openDeviceContracts } from "@banyan/trace-common/devices";
import { explain } from "@banyan/trace-common/story";
import { type Hex, stringToHex } from "viem";
import { createCapture } from "./capture.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { eventKinds } from "./events/index.ts";
import { createNameBook, type NameBook } from "./names.ts";
import type { Play } from "./play-context.ts";

/** The stage of the battery passport, with what the report needs to know. */
export interface BatteryStage extends Stage {
  readonly contracts: DeviceContracts;
  readonly names: NameBook;
}

/** Makes the stage on which stories of batteries are played. */
export function createStage(scene: StoryScene<ChainDeployment>): BatteryStage {
  const { deployment, wallet, provider, treasury, onLine, files } = scene;
  const contracts = openDeviceContracts(deployment, openClients(provider));
  const names = createNameBook();
  const gas = createGasStation({ provider, treasury });
  let region: Hex | undefined;
  let salt = "";

  const accountOf = (party: string) => {
    const account = wallet.account(party);
    names.meet(party);
    return account;
  };
  const as = async (party: string) => {
    const { address } = accountOf(party);
    await gas.fill(address);
    return { account: address };
  };
  const capture = createCapture({
    contracts,
    platform: () => as("platform"),
    async glnOf(party) {
      const { gln } = await contracts.parties.read.recordOf({ party: Number(names.id("party", party)) });
      return gln.toString().padStart(13, "0");
    },
    files,
  });

  const play: Play = {
    ...{ contracts, names, as, capture },
    async asParty(party) {
      names.id("party", party);
      return await as(party);
    },
    address: (party) => accountOf(party).address,
    sign: async (device, contract, primaryType, message) => ({
      algorithm: SignatureAlgorithm.ECDSA_SECP256K1,
      data: await wallet
        .account(device)
        .signTypedData(deviceMessage(contracts.domainOf(contract), primaryType, message)),
    }),
    digest: (document) => digestOf(salt, document),
    apply: (attempt) => stage.applyInPlace(attempt),
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
    ...{ play, kinds: eventKinds, names, provider, page: EVENTS_PAGE, explain, onLine },
    onOpen(opening) {
      region = stringToHex(opening.region, { size: 32 });
      salt = opening.salt;
    },
  });
  return { ...stage, contracts, names };
}
