import { createHash } from "node:crypto";
import { BanyanError } from "@banyan/app-common";
import { createGasStation, type RequestProvider } from "@banyan/app-common/app";
import { createKindsStage, digestOf, type Stage, type StoryWallet } from "@banyan/app-common/story";
import { type Address, type Hex, stringToHex, toHex } from "viem";
import type { PrepaidContracts } from "../deploy/contracts.ts";
import { EVENTS_PAGE } from "./event-kind.ts";
import { eventKinds } from "./events/index.ts";
import { createNameBook, type NameBook } from "./names.ts";
import type { Play } from "./play-context.ts";
import { explain } from "./refusal.ts";

/** What a stage is built from. */
export interface StageOptions {
  readonly contracts: PrepaidContracts;
  readonly wallet: StoryWallet;
  /** Signs for the wallet's accounts. */
  readonly provider: RequestProvider;
  /** The account that pays the others' gas. */
  readonly treasury: Address;
  /** Told which line the next transactions belong to. */
  readonly onLine: (line: number) => void;
}

/** The stage of the prepaid code, with what the report needs to know. */
export interface PrepaidStage extends Stage {
  readonly names: NameBook;
}

/** Makes the stage on which prepaid stories are played. */
export function createStage(options: StageOptions): PrepaidStage {
  const { contracts, wallet, provider } = options;
  const names = createNameBook();
  const gas = createGasStation({ provider, treasury: options.treasury });
  let region: Hex | undefined;
  let salt = "";
  let line = 0;
  let orders = 0;

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

  const play: Play = {
    contracts,
    names,
    as,
    async asAgent(merchant) {
      names.id("merchant", merchant);
      return await as(merchant);
    },
    address: (party) => accountOf(party).address,
    sign: (party, data) => accountOf(party).signTypedData(data),
    digest: (document) => digestOf(salt, document),
    personKey: (merchant, person) => toHex(createHash("sha256").update(`${salt}\n${merchant}\n${person}`).digest()),
    nonce() {
      orders += 1;
      // Each order has a sequence of its own: none waits for another.
      return (BigInt(line) * 100n + BigInt(orders)) << 64n;
    },
    apply: (attempt) => stage.applyInPlace(attempt),
    get region() {
      if (region !== undefined) return region;
      throw new BanyanError(
        "STORY_NOT_OPEN",
        { en: "the story's region is not known", zh: "业务文件的地区不明" },
        {
          cure: { en: 'Begin with an "open" line.', zh: '首行请写 "open" 事件。' },
        },
      );
    },
  };

  const stage = createKindsStage({
    ...{ play, kinds: eventKinds, names, provider, page: EVENTS_PAGE, explain },
    onLine(number) {
      line = number;
      orders = 0;
      options.onLine(number);
    },
    onOpen(opening) {
      region = stringToHex(opening.region, { size: 32 });
      salt = opening.salt;
    },
  });
  return { ...stage, names };
}
