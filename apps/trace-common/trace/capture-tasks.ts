import type { Progress } from "@banyan/app-common/app";
import type { Hex } from "viem";
import type { ReadDocument, Refusal } from "../epcis/index.ts";
import { type Archive, declarationKey, type Original } from "./archive.ts";
import { type Batch, makeBatches, type Task, weightOf } from "./plan/batches.ts";
import { chainRefusal, isOutOfGas, tooLarge } from "./plan/chain-refusal.ts";
import type { TraceChain } from "./trace-chain.ts";

/** What is captured, and where. */
export interface CaptureOptions {
  readonly chain: TraceChain;
  readonly archive: Archive;
  /** In order. */
  readonly tasks: readonly Task[];
  readonly document: Pick<ReadDocument, "context">;
  readonly progress?: ((total: number) => Progress) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of the events. */
export interface CaptureOutcome {
  readonly captured: number;
  readonly declared: number;
  readonly skipped: number;
  readonly batches: number;
  readonly gasUsed: bigint;
  readonly refusals: readonly Refusal[];
  readonly stopped: boolean;
}

/** The repository takes no more at once. */
const MOST_EVENTS = 50;
/** Gas that a batch aims at; a call has 5 M. */
const AIM = 4_000_000;
/** Where transactions may have that much gas, a batch aims higher: fewer transactions are faster. */
const ROOMY = 300_000_000n;
const HIGH_AIM = 14_000_000;
/** Gas for a unit of weight before anything was measured. */
const GUESS = 90_000;
/** What a large event is given beyond what it should take. */
const SPARE = 1.6;
/** How much of each new measurement counts. */
const LEARN = 0.3;

/**
 * Captures events in batches as large as the gas limit allows, learning what a unit of weight costs. A batch that is refused is halved until the event
 * at fault stands alone; that one is told, the others are captured.
 *
 * @param options - the chain and the events
 */
export async function captureTasks(options: CaptureOptions): Promise<CaptureOutcome> {
  const { chain, archive, tasks, document, signal } = options;
  const before = await chain.captured(tasks.map(({ event }) => event.contentId));
  const seen = new Set<Hex>(before);
  let skipped = 0;
  // An import that was cut off between the chain and the archive captured what was not kept.
  const known = tasks.filter(({ event, declaration }) => declaration === undefined && before.has(event.contentId));
  archive.keep(known.flatMap((task) => originalOf(task, document.context)));
  const fresh = tasks.filter(({ event: { contentId }, declaration }) => {
    if (declaration !== undefined) return true;
    if (seen.has(contentId)) {
      skipped++;
      return false;
    }
    seen.add(contentId);
    return true;
  });
  const progress = options.progress?.(fresh.length);
  const refusals: Refusal[] = [];
  const withheld = new Set<Hex>();
  let [captured, declared, batches, done, gasUsed, perWeight] = [0, 0, 0, 0, 0n, GUESS];

  let most: bigint | undefined;
  const mostGas = async (): Promise<bigint> => {
    most ??= await chain.mostGas();
    return most;
  };
  const aim = (await mostGas()) >= ROOMY ? HIGH_AIM : AIM;
  const send = async ({ by, opening, tasks: batch }: Batch): Promise<void> => {
    const [first] = batch;
    if (first === undefined) return;
    try {
      if (first.declaration !== undefined) {
        gasUsed += (await chain.declare(by, first.event, first.declaration)).gasUsed;
        declared++;
        const told = originalOf(first, document.context);
        archive.keep(told.map(([id, original]) => [declarationKey(id), original]));
      } else {
        const events = batch.map(({ event }) => event);
        const weight = events.reduce((sum, event) => sum + weightOf(event), 0);
        // One event cannot be divided: it may have more than a call usually does.
        const large = (batch.length === 1 || aim > AIM) && weight * Math.max(perWeight, GUESS) > AIM;
        const gas = large ? least(await mostGas(), BigInt(Math.ceil(AIM + weight * GUESS * SPARE))) : undefined;
        const used = (await chain.capture(by, events, opening, gas)).gasUsed;
        perWeight += LEARN * (Number(used) / weight - perWeight);
        gasUsed += used;
        captured += batch.filter(({ read }) => read !== undefined).length;
        archive.keep(batch.flatMap((task) => originalOf(task, document.context)));
      }
      batches++;
      done += batch.length;
      progress?.at(done, first.read === undefined ? "" : String(first.read.json.type));
    } catch (error) {
      if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await send({ by, opening, tasks: batch.slice(0, half) });
        await send({ by, opening, tasks: batch.slice(half) });
        return;
      }
      const refusal = chain.refusal(error);
      if (refusal === undefined) {
        if (first.read === undefined || !isOutOfGas(error)) throw error;
        done++;
        refusals.push(tooLarge(first.read, { things: thingsIn(first), most: await mostGas(), perThing: GUESS }));
        return;
      }
      done++;
      // Declared in an earlier run: there is nothing left to do.
      if (refusal.name === "EpcisRepositoryDeclaredBefore") skipped++;
      // What withdraws an event that was refused has nothing to withdraw.
      else if (refusal.name !== "EpcisRepositoryUnknownContent" || !withheld.has(first.event.contentId)) {
        refusals.push(chainRefusal(refusal, first.read ?? first.neededBy));
        if (first.withdrawn === true) withheld.add(first.event.contentId);
      }
    }
  };
  try {
    for (const batch of makeBatches(fresh, { events: MOST_EVENTS, weight: () => aim / perWeight })) {
      if (signal?.aborted === true) break;
      await send(batch);
    }
  } finally {
    progress?.end();
  }
  const stopped = signal?.aborted === true && done < fresh.length;
  refusals.sort((a, b) => (a.event ?? -1) - (b.event ?? -1));
  return { captured, declared, skipped, batches, gasUsed, refusals, stopped };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function thingsIn({ event: { objects, quantities, outputs, outputQuantities } }: Task): number {
  return objects.length + quantities.length + outputs.length + outputQuantities.length;
}

function originalOf(
  { event, read, original, neededBy, withdrawn }: Task,
  context: unknown,
): (readonly [Hex, Original])[] {
  const said = withdrawn === true ? neededBy : read;
  const told = original ?? (said === undefined ? undefined : { json: said.json, context });
  return told === undefined ? [] : [[event.contentId, told]];
}
