import { createHash } from "node:crypto";
import { BanyanError } from "@banyan/app-common";
import { createGasStation, formatInstant, type RequestProvider } from "@banyan/app-common/app";
import type { Stage, StoryEvent } from "@banyan/app-common/story";
import { type Address, type Hex, stringToHex, toHex } from "viem";
import { z } from "zod";
import type { PrepaidContracts } from "../deploy/contracts.ts";
import { eventKinds } from "./events/index.ts";
import { fieldError } from "./field-error.ts";
import { digestOf } from "./fields.ts";
import { createNameBook, type NameBook } from "./names.ts";
import type { Play } from "./play-context.ts";
import { explain } from "./refusal.ts";
import type { Wallet } from "./wallet.ts";

/** What a stage is built from. */
export interface StageOptions {
  readonly contracts: PrepaidContracts;
  readonly wallet: Wallet;
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

const opening = z.strictObject({
  format: z.string(),
  region: z.string(),
  salt: z.string().min(8),
  title: z.string().optional(),
});

/** Makes the stage on which prepaid stories are played. */
export function createStage(options: StageOptions): PrepaidStage {
  const { contracts, wallet, provider, onLine } = options;
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
    async apply(attempt) {
      const kind = typeof attempt.event === "string" ? attempt.event : "";
      await applyKind(kind, { at: now, kind, line: { number: line, text: "", value: attempt } });
    },
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
  let now = 0n;

  const applyKind = async (kind: string, event: StoryEvent): Promise<void> => {
    const found = eventKinds.get(kind);
    if (found === undefined) {
      throw new BanyanError(
        "EVENT_KIND_UNKNOWN",
        { en: `there is no event "${kind}"`, zh: `没有名为 "${kind}" 的事件` },
        {
          cure: {
            en: `The events are: open, ${[...eventKinds.keys()].join(", ")}.`,
            zh: `可用的事件：open、${[...eventKinds.keys()].join("、")}。`,
          },
        },
      );
    }
    await found.apply(play, event);
  };

  const open = (event: StoryEvent): void => {
    const { date: _date, event: _event, note: _note, ...rest } = event.line.value;
    const parsed = opening.safeParse(rest);
    if (!parsed.success) throw fieldError("open", Object.keys(opening.shape), parsed.error);
    region = stringToHex(parsed.data.region, { size: 32 });
    salt = parsed.data.salt;
    names.setStory({ region: parsed.data.region, salt });
  };

  return {
    names,
    enter(number) {
      line = number;
      orders = 0;
      onLine(number);
    },
    async setTime(at) {
      await setTime(provider, at);
    },
    restore: (saved) => {
      names.restore(saved);
      const story = names.story();
      if (story !== undefined) {
        region = stringToHex(story.region, { size: 32 });
        salt = story.salt;
      }
    },
    async apply(event) {
      now = event.at;
      try {
        if (event.kind === "open") open(event);
        else await applyKind(event.kind, event);
      } catch (error) {
        names.takeNew();
        throw explain(error);
      }
      return names.takeNew();
    },
  };
}

/** Makes the next block carry a time; blocks in between may have carried the chain past it, then the chain is late and stays so. */
async function setTime(provider: RequestProvider, at: bigint): Promise<void> {
  try {
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [toHex(at)] });
  } catch (error) {
    const block = await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    const time =
      typeof block === "object" && block !== null && "timestamp" in block ? BigInt(String(block.timestamp)) : 0n;
    if (time >= at && time < at + MOST_DRIFT) return;
    if (time < at) throw error;
    throw new BanyanError(
      "CHAIN_TIME_LATER",
      {
        en: `the chain's time is already ${formatInstant(time)}`,
        zh: `链上时间已到 ${formatInstant(time)}`,
      },
      {
        cure: {
          en: "Play on a chain that is not past the story: start the node anew, or play a story of later dates.",
          zh: "请在时间早于业务文件的链上执行：重新启动节点，或改用日期更晚的业务文件。",
        },
        cause: error,
      },
    );
  }
}

/** Seconds that blocks of one moment may carry the chain past it. */
const MOST_DRIFT = 3_600n;
