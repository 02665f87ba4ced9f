import { bigIntToWord, fromHex, toHex, trimZeros } from "../../chain/src/codec/hex.ts";
import type { BlockContext, Engine, Outcome } from "../../chain/src/engine/engine.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import { createState, type State } from "../../chain/src/state/state.ts";
import type { Address } from "../../chain/src/types.ts";
import { spread } from "../lib/stats.ts";
import { type Figures, measureInside, probedGas } from "./figures.ts";
import { itemOf, readWorkload, repeatedInput, type Workload } from "./workload.ts";

const GAS_LIMIT = 10n ** 12n;
const COLD_MESSAGES = 100;
const BATCH = 20;
/** Milliseconds. A slow engine warms up in fewer messages. */
const WARM_UP = 800;
const MEASURED = 600;

const { precompiles } = createEthereumRules({ allowUnlimitedContractSize: false });

/**
 * Measures an engine over our flat state in this process and prints the {@link Figures} as JSON: the first 100 messages of the process, messages
 * once warm, and repetitions within one call. The process's arguments are the workload's file and the item.
 *
 * @param open - loads and makes the engine
 * @param speed - which of the item's counts suits the engine
 */
export async function measureEngine(open: (chainId: bigint) => Promise<Engine>, speed: "slow" | "fast"): Promise<void> {
  const [path = "", name = ""] = process.argv.slice(2);
  const workload = readWorkload(path);
  const item = itemOf(workload, name);
  const inputs = item.inputs.map(fromHex);
  const begun = performance.now();
  const engine = await open(BigInt(workload.chainId));
  const state = createState();
  load(state, workload);
  const block = blockOf(workload);
  const start = performance.now() - begun;
  const loaded = state.snapshot();

  async function run(caller: Address, to: Address | undefined, data: Uint8Array): Promise<Outcome> {
    state.beginTransaction();
    for (const precompile of precompiles) state.warm(precompile);
    state.warm(caller);
    if (to !== undefined) state.warm(to);
    state.setNonce(caller, state.getNonce(caller) + 1n);
    const answer = engine.execute(state, { caller, to, value: 0n, data, gasLimit: GAS_LIMIT, gasPrice: 0n }, block);
    const outcome = answer instanceof Promise ? await answer : answer;
    if (!outcome.success) throw new Error(`${engine.name} failed: ${outcome.haltReason} ${toHex(outcome.returnData)}`);
    return outcome;
  }

  let index = 0;
  let gas = 0;
  async function step(): Promise<void> {
    const input = inputs[index++ % inputs.length];
    if (input === undefined) throw new Error(`${item.name} has no input`);
    const mark = item.undone ? state.checkpoint() : 0;
    gas = Number((await run(item.from, item.to, input)).gasUsed);
    if (item.undone) state.revert(mark);
  }

  let coldGas = 0;
  const coldBegun = performance.now();
  for (let i = 0; i < COLD_MESSAGES; i++) {
    await step();
    coldGas += gas;
  }
  const cold = ((performance.now() - coldBegun) * 1000) / COLD_MESSAGES;
  await batches(step, WARM_UP);
  const warm = await batches(step, MEASURED);

  state.restore(loaded);
  const inside = await measureInside({
    count: item.repeated[speed],
    pairs: speed === "slow" ? 3 : 7,
    run: async (count) =>
      probedGas(toHex((await run(workload.caller, workload.probe, fromHex(repeatedInput(item, count)))).returnData)),
  });
  const figures: Figures = { inside, messages: { start, cold, warm, coldGas: coldGas / COLD_MESSAGES, warmGas: gas } };
  console.log(JSON.stringify(figures));
}

/** Repeats a step in batches for some milliseconds; the median of the batches, in microseconds per step. */
async function batches(step: () => Promise<void>, milliseconds: number): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  for (let begun = performance.now(); begun < end; begun = performance.now()) {
    for (let i = 0; i < BATCH; i++) await step();
    times.push(((performance.now() - begun) * 1000) / BATCH);
  }
  return spread(times).median;
}

function load(state: State, { accounts }: Workload): void {
  state.beginTransaction();
  for (const { address, nonce, balance, code, storage } of accounts) {
    state.setNonce(address, BigInt(nonce));
    state.setBalance(address, BigInt(balance));
    if (code !== "0x") state.setCode(address, fromHex(code));
    for (const [slot, value] of storage) state.setStorage(address, slot, trimZeros(fromHex(value)));
  }
  state.seal();
}

function blockOf({ timestamp }: Workload): BlockContext {
  return {
    number: 1_000n,
    timestamp: BigInt(timestamp),
    coinbase: "0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e",
    gasLimit: GAS_LIMIT,
    baseFeePerGas: 0n,
    prevRandao: bigIntToWord(1n),
    blobBaseFee: 1n,
    blockHash: () => undefined,
  };
}
