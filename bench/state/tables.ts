// node bench/state/tables.ts SLOTS: fills one contract's storage and prints, as JSON, what a transfer's reads and writes cost on the tables, what
// the root after it costs, the longest pause on the way, and the memory per slot.
import { accountsRoot } from "../../chain/src/state/account-leaf.ts";
import { createState, type State } from "../../chain/src/state/state.ts";
import type { Hash } from "../../chain/src/types.ts";
import { spread } from "../lib/stats.ts";
import { balanceSlot, createSequence, holder } from "./slots.ts";

const slots = Number(process.argv[2]);
const BATCH = 1_000;
const BLOCK = 10_000;
const TRANSFERS = 4_000;
const TOKEN = holder(0xffffffff);
const SENDER = holder(0xfffffffe);
const COINBASE = holder(0xfffffffd);

const state = createState();
const { exports } = state.machine;
state.setNonce(TOKEN, 1n);
state.setCode(TOKEN, Uint8Array.of(0));
const value = Uint8Array.of(0x0d, 0xe0, 0xb6, 0xb3, 0xa7, 0x64, 0, 0);

let insertPause = 0;
let sealPause = 0;
let tableBytes = 0;
// Once beforehand on another state, so that what is measured is the growth and not the compiler.
fill(createState(), 20_000);
const emptyProcess = process.memoryUsage().rss;
insertPause = 0;
sealPause = 0;
tableBytes = 0;
fill(state, slots);
const heapBytes = exports.heapSize() >>> 0;
const processBytes = process.memoryUsage().rss - emptyProcess;

const pick = createSequence();
const tableTimes: number[] = [];
const rootTimes: number[] = [];
for (let i = 0; i < 2 * TRANSFERS; i++) {
  const from = balanceSlot(pick(slots));
  const to = balanceSlot(pick(slots));
  const started = performance.now();
  state.beginTransaction();
  state.warm(SENDER);
  state.warm(TOKEN);
  state.warm(COINBASE);
  state.setNonce(SENDER, BigInt(i + 1));
  state.setBalance(SENDER, 10n ** 24n - BigInt(i));
  state.warmSlot(TOKEN, from);
  state.getStorage(TOKEN, from);
  state.setStorage(TOKEN, from, Uint8Array.of(2, i >> 8, i & 255));
  state.warmSlot(TOKEN, to);
  state.getStorage(TOKEN, to);
  state.setStorage(TOKEN, to, Uint8Array.of(3, i >> 8, i & 255));
  state.setBalance(COINBASE, BigInt(i + 1));
  const written = performance.now();
  accountsRoot(state.seal());
  const rooted = performance.now();
  if (i < TRANSFERS) continue;
  tableTimes.push(1000 * (written - started));
  rootTimes.push(1000 * (rooted - written));
}

console.log(
  JSON.stringify({
    tables: spread(tableTimes).median,
    root: spread(rootTimes).median,
    insertPause,
    sealPause,
    tableBytes: tableBytes / slots,
    trieBytes: (heapBytes - tableBytes) / slots,
    processBytes: processBytes / slots,
  }),
);

function fill(filled: State, count: number): void {
  const { heapSize } = filled.machine.exports;
  for (let from = 0; from < count; from += BATCH) {
    const keys: Hash[] = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => balanceSlot(from + i));
    const heap = heapSize();
    let started = processorTime();
    for (const key of keys) filled.setStorage(TOKEN, key, value);
    insertPause = Math.max(insertPause, processorTime() - started);
    tableBytes += (heapSize() - heap) >>> 0;
    if ((from + BATCH) % BLOCK !== 0 && from + BATCH < count) continue;
    started = processorTime();
    accountsRoot(filled.seal());
    sealPause = Math.max(sealPause, processorTime() - started);
  }
}

/** Milliseconds that this thread has run: a pause that another process makes is none of ours. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
