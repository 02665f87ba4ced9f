import { fromHex, toHex } from "../../codec/hex.ts";
import type { Ledger } from "../../ledger.ts";
import type { Address, Hash, Hex } from "../../types.ts";

/** Whom a chain sends for without a key. */
export interface Impersonation {
  everyone: boolean;
  readonly accounts: Set<Address>;
}

interface Written {
  readonly coinbase: Address;
  readonly blockGasLimit: string;
  readonly minGasPrice: string;
  readonly nextBaseFee?: string | undefined;
  readonly timeOffset: string;
  readonly nextTimestamp?: string | undefined;
  readonly timestampInterval?: string | undefined;
  readonly extraData: Hex;
  readonly prevRandao: Hash;
  readonly beaconRoot: Hash;
  readonly everyone: boolean;
  readonly impersonated: readonly Address[];
}

/** What was set for the blocks to come, as a text. */
export function writeDevelopmentState(ledger: Ledger, impersonation: Impersonation): string {
  const { knobs } = ledger;
  const { offset, next, interval } = ledger.clock.snapshot();
  const written: Written = {
    coinbase: knobs.coinbase,
    blockGasLimit: String(knobs.blockGasLimit),
    minGasPrice: String(knobs.minGasPrice),
    nextBaseFee: knobs.nextBaseFee?.toString(),
    timeOffset: String(offset),
    nextTimestamp: next?.toString(),
    timestampInterval: interval?.toString(),
    extraData: toHex(knobs.extraData),
    prevRandao: ledger.prevRandao.peek(),
    beaconRoot: ledger.beaconRoots.peek(),
    everyone: impersonation.everyone,
    impersonated: [...impersonation.accounts],
  };
  return JSON.stringify(written);
}

/**
 * Sets a ledger to what was written.
 * @param changed names of settings that were given another value since: the new value holds
 */
export function restoreDevelopmentState(
  text: string,
  ledger: Ledger,
  impersonation: Impersonation,
  changed: ReadonlySet<string>,
): void {
  const written = JSON.parse(text) as Written;
  const { knobs } = ledger;
  if (!changed.has("coinbase")) knobs.coinbase = written.coinbase;
  if (!changed.has("blockGasLimit")) knobs.blockGasLimit = BigInt(written.blockGasLimit);
  if (!changed.has("minGasPrice")) knobs.minGasPrice = BigInt(written.minGasPrice);
  knobs.nextBaseFee = written.nextBaseFee === undefined ? undefined : BigInt(written.nextBaseFee);
  knobs.extraData = fromHex(written.extraData);
  const next = written.nextTimestamp === undefined ? undefined : BigInt(written.nextTimestamp);
  const interval = written.timestampInterval === undefined ? undefined : BigInt(written.timestampInterval);
  ledger.clock.rollBack({ offset: BigInt(written.timeOffset), next, interval, takenAt: 0n });
  ledger.prevRandao.setNext(written.prevRandao);
  ledger.beaconRoots.setNext(written.beaconRoot);
  impersonation.everyone = written.everyone;
  for (const address of written.impersonated) impersonation.accounts.add(address);
}
