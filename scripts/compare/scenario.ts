import fc from "fast-check";
import { initCode } from "../../test/chain/random-program.ts";
import { accounts } from "./accounts.ts";
import type { Peer } from "./peers.ts";

/** One random transaction; addresses are drawn from what exists when its turn comes. */
export interface Action {
  readonly kind: "deploy" | "call" | "transfer" | "precompile";
  readonly init: string;
  readonly sender: number;
  readonly target: number;
  readonly words: readonly number[];
  readonly value: bigint;
  readonly gas: number;
  /** Seconds after the block before. */
  readonly pause: number;
}

/** A random transaction. */
export const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom("deploy", "call", "call", "call", "transfer", "precompile"),
  // Anvil draws PREVRANDAO by lot and cannot be told it: its stores become stores of NUMBER.
  init: initCode.map((code) => code.replaceAll(/44(60..55)/g, "43$1")),
  sender: fc.integer({ min: 0, max: 2 }),
  target: fc.nat(1_000),
  words: fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 }),
  value: fc.constantFrom(0n, 1n, 10n ** 18n),
  gas: fc.constantFrom(60_000, 120_000, 400_000, 2_000_000),
  pause: fc.integer({ min: 1, max: 20 }),
});

/** What one chain made of a scenario: the hash of each transaction, and the contracts there are. */
export interface Played {
  readonly hashes: readonly string[];
  readonly contracts: readonly string[];
  /** Blocks there were before. Default 0. */
  readonly above?: number;
}

const SPARE = "0x00000000000000000000000000000000000000aa";
const PRECOMPILES = 9;
/** Coinbase of all sides. */
const COINBASE = "0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e";

/** Base fee of every block: the sides do not begin with the same. */
const BASE_FEE = "0x3b9aca00";

/** Plays actions on a chain, a block each; `before` is what was played on the chain that it forks. */
export async function play(
  peer: Peer,
  actions: readonly Action[],
  genesisTime: number,
  before?: Played,
): Promise<Played> {
  const contracts: string[] = [...(before?.contracts ?? [])];
  const hashes: string[] = [];
  let time = genesisTime;
  const own = peer.name === "anvil" ? "anvil" : "hardhat";
  await peer.request(`${own}_setCoinbase`, [COINBASE]);
  for (const { kind, init, sender, target, words, value, gas, pause } of actions) {
    time += pause;
    const known = [...contracts, accounts[3], SPARE];
    const pick = (index: number): string => known[index % known.length] ?? SPARE;
    const data = `0x${words.map((index) => pick(index).slice(2).padStart(64, "0")).join("")}`;
    const to =
      kind === "precompile" ? `0x${((target % PRECOMPILES) + 1).toString(16).padStart(40, "0")}` : pick(target);
    const request = {
      from: accounts[sender],
      value: `0x${value.toString(16)}`,
      gas: `0x${gas.toString(16)}`,
      maxFeePerGas: "0xba43b7400",
      maxPriorityFeePerGas: "0x3b9aca00",
      ...(kind === "deploy" ? { data: `0x${init}` } : kind === "transfer" ? { to } : { to, data }),
    };
    await peer.request("evm_setNextBlockTimestamp", [time]);
    await peer.request(`${own}_setNextBlockBaseFeePerGas`, [BASE_FEE]);
    if (peer.name !== "anvil")
      await peer.request("hardhat_setPrevRandao", [`0x${time.toString(16).padStart(64, "0")}`]);
    const hash = await submit(peer, request);
    hashes.push(hash);
    const { contractAddress, status } = await receiptOf(peer, hash);
    if (contractAddress !== null && contractAddress !== undefined && status === "0x1") contracts.push(contractAddress);
  }
  return { hashes, contracts, above: before?.hashes.length ?? 0 };
}

/** Sends a transaction, which is mined even if it fails; some sides report that as an error. */
async function submit(peer: Peer, request: Record<string, unknown>): Promise<string> {
  try {
    return String(await peer.request("eth_sendTransaction", [request]));
  } catch {
    const block = Object(await peer.request("eth_getBlockByNumber", ["latest", false]));
    return String(block.transactions[0]);
  }
}

/** Anvil answers before the block is made. */
async function receiptOf(peer: Peer, hash: string): Promise<{ contractAddress?: string | null; status: string }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const receipt: unknown = await peer.request("eth_getTransactionReceipt", [hash]);
    if (receipt !== null) return Object(receipt);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${peer.name} does not mine the transaction ${hash}`);
}

const ATTEMPTS = 1_000;
