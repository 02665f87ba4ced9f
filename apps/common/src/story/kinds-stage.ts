import { toHex } from "viem";
import { formatInstant } from "../app/dates.ts";
import type { RequestProvider } from "../app/signing-provider.ts";
import { BanyanError } from "../errors.ts";
import { type EventKinds, kindOf, readOpening, type StoryOpening } from "./event-kind.ts";
import type { Names } from "./journal.ts";
import type { Stage, StoryEvent } from "./story.ts";

/** What a stage needs to know of the names that a story makes. */
interface StageNames {
  setStory(story: StoryOpening): void;
  story(): StoryOpening | undefined;
  takeNew(): Names;
  restore(names: Names): void;
}

/** What a stage is built from. */
export interface StageOptions<play> {
  /** What every event is given. */
  readonly play: play;
  readonly kinds: EventKinds<play>;
  readonly names: StageNames;
  readonly provider: RequestProvider;
  /** The page that describes the events, without its ending. */
  readonly page: string;
  /** Told which line the next transactions belong to. */
  readonly onLine: (line: number) => void;
  /** Told what the first line says, also when an earlier run had read it. */
  readonly onOpen: (opening: StoryOpening) => void;
  /** Turns what an event threw into an error with a cure. */
  readonly explain: (error: unknown) => unknown;
}

/** A stage on which events of certain kinds are played. */
export interface KindsStage extends Stage {
  /** Applies another event in place, at the line under way: for events that hold one. */
  applyInPlace(event: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Makes a stage from the kinds of event that there are.
 *
 * @param options - the kinds, what they are given, and the names
 */
export function createKindsStage<play>(options: StageOptions<play>): KindsStage {
  const { play, kinds, names, provider, page, onLine, onOpen, explain } = options;
  let line = 0;
  let now = 0n;

  const open = (event: StoryEvent): void => {
    const opening = readOpening(event, page);
    names.setStory(opening);
    onOpen(opening);
  };

  return {
    enter(number) {
      line = number;
      onLine(number);
    },
    async setTime(at) {
      await setTime(provider, at);
    },
    restore(saved) {
      names.restore(saved);
      const story = names.story();
      if (story !== undefined) onOpen(story);
    },
    async apply(event) {
      now = event.at;
      try {
        if (event.kind === "open") open(event);
        else await kindOf(kinds, event.kind).apply(play, event);
      } catch (error) {
        names.takeNew();
        throw explain(error);
      }
      return names.takeNew();
    },
    async applyInPlace(attempt) {
      const kind = typeof attempt.event === "string" ? attempt.event : "";
      await kindOf(kinds, kind).apply(play, { at: now, kind, line: { number: line, text: "", value: attempt } });
    },
  };
}

/** Seconds that blocks of one moment may carry the chain past it. */
const MOST_DRIFT = 3_600n;

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
