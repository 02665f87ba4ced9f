import { BanyanError } from "@banyan/app-common";
import type { ViemClient } from "@banyan/app-common/runtime";
import type { Hash, Hex, TransactionReceipt } from "viem";
import { getBlock, getTransactionReceipt, waitForTransactionReceipt } from "viem/actions";
import { decodeAnyError, type EpcisEvent, type ErrorReason, errorGuide } from "../../client/index.ts";
import { fromMillionths, KeyKind, NO_OBJECT, packObjectId, showCode, unpackObjectId } from "../../epcis/index.ts";
import chinese from "../../words/refusals.zh.json" with { type: "json" };
import type { ChainRefusal, FiledPlace, TraceChain } from "../trace-chain.ts";
import { type RegisterOptions, registerMasters } from "./register-masters.ts";
import type { TraceContracts } from "./trace-contracts.ts";

/** What a {@link TraceChain} works with. */
export interface OpenTraceChainOptions extends Omit<RegisterOptions, "contracts"> {
  readonly contracts: TraceContracts;
  /** Seconds since 1970 until when opening stock may be declared. */
  readonly openingUntil: () => bigint;
}

/** More seconds than that are milliseconds. */
const MOST_SECONDS = 100_000_000_000n;
/** Questions that are under way at once. */
const AT_ONCE = 64;
const words: Readonly<Record<string, { readonly meaning: string; readonly cure?: string }>> = chinese;

/**
 * Makes the chain's side of an import. Everything is sent by the platform's account, with the parties' mandates.
 *
 * @param options - the contracts and the accounts
 */
export function openTraceChain(options: OpenTraceChainOptions): TraceChain {
  const { contracts, platform, openingUntil } = options;
  const { parties, products, repository, state } = contracts;
  // Numbers of parties mean nothing to people.
  const known = new Map<number, string>();
  return {
    async parties(keys) {
      const found = await askAll(keys, (key) =>
        key.length === 64
          ? parties.read.partyByCommitment({ commitment: `0x${key}` })
          : parties.read.partyByGln({ gln: BigInt(key) }),
      );
      for (const [key, party] of found) if (key.length < 64) known.set(party, key);
      return new Map(found.filter(([, party]) => party !== 0));
    },
    async glns(list) {
      const found = await askAll(list, async (party) => (await parties.read.recordOf({ party })).gln);
      const glns = new Map(
        found.filter(([, gln]) => gln !== 0n).map(([party, gln]) => [party, gln.toString().padStart(13, "0")]),
      );
      for (const [party, gln] of glns) known.set(party, gln);
      return glns;
    },
    async places(keys) {
      const found = await askAll(keys, async (key): Promise<FiledPlace> => {
        const [gln = "", extension = ""] = key.split("/");
        const place = await parties.read.placeByKey({
          key: packObjectId({ kind: KeyKind.SGLN, number: gln, text: extension }),
        });
        return { place, owner: place === 0 ? 0 : await parties.read.placeOwner({ place }) };
      });
      return new Map(found.filter(([, { place }]) => place !== 0));
    },
    async products(gtins) {
      const found = await askAll(gtins, (gtin) => products.read.isFiled({ gtin: BigInt(gtin) }));
      return new Set(found.filter(([, filed]) => filed).map(([gtin]) => gtin));
    },
    register: (masters, extend) => coded(() => registerMasters(masters, { ...options, contracts }, extend)),
    async captured(contentIds) {
      if ((await repository.read.eventCount()) === 0n) return new Set();
      const found = await askAll(contentIds, (contentId) => repository.read.eventByContent({ contentId }));
      return new Set(found.filter(([, event]) => event !== 0).map(([contentId]) => contentId));
    },
    async existing(objects) {
      const things = objects.filter((object) => object !== NO_OBJECT && unpackObjectId(object).kind !== KeyKind.SGLN);
      if ((await repository.read.eventCount()) === 0n) return new Set();
      const found = await askAll(things, (object) => state.read.statusOf({ object }));
      return new Set(found.filter(([, status]) => status !== 0).map(([object]) => object));
    },
    async possessor(objects) {
      for (const object of objects) {
        const party = await state.read.possessorOf({ object });
        if (party !== 0) return party;
      }
      return undefined;
    },
    async amounts(pairs) {
      if ((await repository.read.eventCount()) === 0n) return new Map();
      const found = await askAll(pairs, ([lot, node]) => state.read.amountAt({ lot, node }));
      return new Map(found.map(([[lot, node], amount]) => [`${lot}/${node}`, amount]));
    },
    async inside(containers) {
      if (containers.length === 0 || (await repository.read.eventCount()) === 0n) return new Map();
      const found = await askAll(containers, async (container) => {
        const { inside, amounts } = await state.read.lotsIn({ container });
        const units = await askAll(inside, async (lot) => (await state.read.lotOf({ lot })).unit);
        return units.map(([object, unit], at) => ({ object, unit, amount: amounts[at] ?? 0n }));
      });
      return new Map(found);
    },
    async allowOpening(list) {
      const until = openingUntil();
      for (const party of list) {
        if ((await repository.read.openingUntil({ party })) >= until) continue;
        await coded(() => repository.writeAndWait.allowOpening({ party, until }, { account: platform }));
      }
    },
    // The numbers of kinds, steps and dispositions are those of the enums: a test compares them.
    async capture(by, events, opening, gas) {
      const args = { by, events: events as readonly EpcisEvent[] };
      const [send, simulate] = opening
        ? [repository.write.captureOpening, repository.simulate.captureOpening]
        : [repository.write.capture, repository.simulate.capture];
      const hash = await send(args, { account: platform, gas });
      // The log is not decoded here: an import is to be fast.
      const receipt = await receiptOf(repository.clients.public, hash);
      if (receipt.status === "reverted") {
        // A receipt does not say why; tried again, the call does.
        await simulate(args, { account: platform, gas });
        throw reverted(hash);
      }
      return { gasUsed: receipt.gasUsed };
    },
    async declare(by, captured, { declarationTime, reason, corrective }) {
      const { receipt } = await repository.writeAndWait.declareError(
        { by, captured: captured as EpcisEvent, declarationTime, reason: reason as ErrorReason, corrective },
        { account: platform },
      );
      return { gasUsed: receipt.gasUsed };
    },
    async mostGas() {
      return (await getBlock(repository.clients.public)).gasLimit;
    },
    async now() {
      const { timestamp } = await getBlock(repository.clients.public);
      // Some chains count milliseconds.
      return timestamp > MOST_SECONDS ? timestamp / 1000n : timestamp;
    },
    refusal: (error) => readRefusal(error, (party) => known.get(party)),
  };
}

/** Does what no event is to blame for: a contract's refusal ends the command with its cure. */
async function coded<result>(act: () => Promise<result>): Promise<result> {
  try {
    return await act();
  } catch (error) {
    const refusal = readRefusal(error);
    if (refusal === undefined) throw error;
    throw new BanyanError("CONTRACT_REFUSED", refusal.message, { cure: refusal.cure, cause: error });
  }
}

/**
 * What a contract refused with, in words.
 *
 * @param error - what was thrown
 * @param glnOf - the GLNs of parties
 */
export function readRefusal(
  error: unknown,
  glnOf: (party: number) => string | undefined = () => undefined,
): ChainRefusal | undefined {
  const found = decodeAnyError(error);
  if (found === undefined) return undefined;
  const { errorName: name, args } = found;
  const [en, zh] = [errorGuide[name], words[name]];
  const told = (key: string, value: unknown): string => {
    const gln = PARTIES.has(key) && typeof value === "number" ? glnOf(value) : undefined;
    if (gln !== undefined) return `${key} ${gln}`;
    const amount = name.startsWith("TraceLots") && AMOUNTS.has(key) && typeof value === "bigint";
    return `${key} ${amount ? fromMillionths(value) : show(value)}`;
  };
  const said = `${name}(${Object.entries(args)
    .map(([key, value]) => told(key, value))
    .join(", ")})`;
  return {
    name,
    message: {
      en: `${en?.meaning ?? "The contracts refused."} ${said}`,
      zh: `${zh?.meaning ?? en?.meaning ?? "合约拒绝执行。"} ${said}`,
    },
    cure: { en: en?.cure ?? "", zh: zh?.cure ?? en?.cure ?? "" },
    objects: Object.values(args).filter(
      (value): value is Hex => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value),
    ),
  };
}

/** Names of arguments that are parties. */
const PARTIES: ReadonlySet<string> = new Set(
  "by possessor party receiver consignee expected stated actual owner producer capturer buyer issuer store".split(" "),
);
/** Names of arguments that are millionths. */
const AMOUNTS: ReadonlySet<string> = new Set(["amount", "allowed", "available"]);

/** A chain that mines at once has the receipt already. */
async function receiptOf(client: ViemClient, hash: Hash): Promise<TransactionReceipt> {
  try {
    return await getTransactionReceipt(client, { hash });
  } catch {
    return await waitForTransactionReceipt(client, { hash });
  }
}

function reverted(hash: Hash): BanyanError {
  return new BanyanError(
    "TRANSACTION_REVERTED",
    { en: `the capture was reverted in transaction ${hash}`, zh: `采集交易 ${hash} 被回滚` },
    {
      cure: {
        en: "Run the same command again: what was captured is skipped.",
        zh: "请再次运行同一命令：已采集的会跳过。",
      },
    },
  );
}

/** A value for people: a packed code as the code on the label. */
function show(value: unknown): string {
  const code = showCode(value);
  if (code !== undefined) return code;
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
}

/** Asks for each key, many at once. */
async function askAll<key, answer>(
  keys: readonly key[],
  ask: (key: key) => Promise<answer>,
): Promise<(readonly [key, answer])[]> {
  const answers: (readonly [key, answer])[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const part = keys.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(part.map(async (key) => [key, await ask(key)] as const))));
  }
  return answers;
}
