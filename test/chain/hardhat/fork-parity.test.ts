import type { ChainFork } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";
import { type Hex, toHex } from "viem";
import { mnemonicToAccount, signAuthorization } from "viem/accounts";
import { bareTransaction, constant, wrap } from "../blob-vectors.ts";
import { initCode } from "../random-program.ts";
import { testChain } from "../support.ts";

const GENESIS_TIME = 1_900_000_000;
const keys = [0, 1, 2].map((addressIndex) =>
  mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex }),
);
const SENDERS: readonly Hex[] = keys.map(({ address }): Hex => `0x${address.slice(2).toLowerCase()}`);
/** modexp, addition on BLS12-381, and secp256r1, whose prices or existence depend on the fork. */
const PRECOMPILES: readonly Hex[] = ["05", "0b", "100"].map((end): Hex => `0x${end.padStart(40, "0")}`);
const HISTORY: Hex = "0x0000f90827f1c53a10cb7a02335b175320002935";
const GWEI = 10n ** 9n;

/** Our name of a fork where Hardhat has another. */
const theirNames: Partial<Record<ChainFork, string>> = { paris: "merge" };

/** Increments slot 0, logs, and writes DIFFICULTY or PREVRANDAO; no instruction newer than Byzantium. */
const OLD_INIT: Hex = "0x601580600b6000396000f36000546001018060005560015560206000a04460025500";

interface Authority {
  readonly signer: number;
  readonly nonce: number;
  readonly target: number;
  readonly chainId: number;
}

interface Step {
  /** `undefined`: a creation; a number: one of the contracts made before, or an account if there are none. */
  readonly target: number | undefined;
  readonly init: string;
  readonly sender: number;
  readonly words: readonly number[];
  readonly value: number;
  readonly gas: number;
  readonly envelope: "legacy" | "accessList" | "feeMarket" | "setCode";
  readonly pause: number;
  readonly authorities: readonly Authority[];
}

/** CLZ of a word (EIP-7939), unknown before Osaka. */
const clzInit = fc
  .bigInt({ min: 0n, max: 2n ** 256n - 1n })
  .chain((word) => fc.nat({ max: 255 }).map((shift) => word >> BigInt(shift)))
  .map((word) => `7f${word.toString(16).padStart(64, "0")}1e5f5500`);

const step: fc.Arbitrary<Step> = fc.record({
  target: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 3 }),
  init: fc.oneof({ weight: 5, arbitrary: initCode }, { weight: 1, arbitrary: clzInit }),
  sender: fc.integer({ min: 0, max: 1 }),
  words: fc.array(fc.nat({ max: 20 }), { minLength: 6, maxLength: 6 }),
  value: fc.constantFrom(0, 0, 1, 1_000_000),
  gas: fc.constantFrom(120_000, 400_000, 2_000_000),
  envelope: fc.constantFrom("legacy", "accessList", "feeMarket", "setCode", "setCode"),
  pause: fc.integer({ min: 1, max: 100 }),
  authorities: fc.array(
    fc.record({
      signer: fc.integer({ min: 0, max: 2 }),
      nonce: fc.integer({ min: 0, max: 4 }),
      target: fc.nat({ max: 20 }),
      chainId: fc.constantFrom(0, 31_337, 31_337, 1),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

type Json = Readonly<Record<string, unknown>>;
type Send = (method: string, ...params: unknown[]) => Promise<unknown>;

/** One network at a fork, and what it is asked with. */
async function open(networkName: "default" | "edr", fork: ChainFork): Promise<Send> {
  const initialDate = GENESIS_TIME * 1_000;
  const override =
    networkName === "edr"
      ? { initialDate: new Date(initialDate), hardfork: theirNames[fork] ?? fork }
      : { banyan: { initialDate, hardfork: fork, engine: "machine" as const } };
  const { provider } = await network.create({ network: networkName, override });
  return (method, ...params) => provider.request({ method, params });
}

/** What is hashed with the hash of the genesis block, which Hardhat's network forms by a rule of its own. */
const chained = new Set(["hash", "parentHash", "blockHash"]);

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !chained.has(name) || typeof Object(value).nonce === "number")
      .map(([name, inner]) => [name, comparable(inner)]),
  );
}

/** Codes that some accounts authorize for themselves; nonce and chain may be wrong. */
async function authorizationsOf(one: Step, pick: (index: number) => Hex): Promise<readonly Json[]> {
  return Promise.all(
    one.authorities.map(async ({ signer, nonce, target, chainId }) => {
      const privateKey = toHex(keys[signer]?.getHdKey().privateKey ?? 0);
      const signed = await signAuthorization({ privateKey, address: pick(target), chainId, nonce });
      return {
        chainId: toHex(chainId),
        address: signed.address,
        nonce: toHex(nonce),
        yParity: toHex(signed.yParity ?? 0),
        r: toHex(BigInt(signed.r)),
        s: toHex(BigInt(signed.s)),
      };
    }),
  );
}

async function requestOf(one: Step, contracts: readonly Hex[], fork: ChainFork): Promise<Json> {
  const known: readonly Hex[] = [...contracts, ...SENDERS, ...PRECOMPILES];
  const pick = (index: number): Hex => known[index % known.length] ?? HISTORY;
  const words = one.words.map((index) => pick(index).slice(2).padStart(64, "0")).join("");
  const hasTypes = !["byzantium", "constantinople", "petersburg", "istanbul"].includes(fork);
  const accessList = [{ address: pick(one.words[0] ?? 0), storageKeys: [toHex(1, { size: 32 })] }];
  const setsCode = one.envelope === "setCode" && one.target !== undefined && (fork === "prague" || fork === "osaka");
  const fees =
    (one.envelope === "feeMarket" || setsCode) && hasTypes && fork !== "berlin"
      ? { maxFeePerGas: toHex(20n * GWEI), maxPriorityFeePerGas: toHex(GWEI), accessList }
      : { gasPrice: toHex(20n * GWEI), ...(one.envelope !== "legacy" && hasTypes ? { accessList } : {}) };
  return {
    from: SENDERS[one.sender],
    value: toHex(one.value),
    gas: toHex(one.gas),
    ...fees,
    ...(setsCode ? { authorizationList: await authorizationsOf(one, pick) } : {}),
    ...(one.target === undefined
      ? { data: one.init.startsWith("0x") ? one.init : `0x${one.init}` }
      : { to: pick(one.target), data: `0x${words}` }),
  };
}

/** Plays the steps; `parents` are the hashes that the history contract of Hardhat's network is to hold. */
async function play(send: Send, fork: ChainFork, steps: readonly Step[], parents: readonly Hex[]) {
  const outcomes: Json[] = [];
  const hashes: Hex[] = [];
  const contracts: Hex[] = [];
  let time = GENESIS_TIME;
  for (const [index, one] of steps.entries()) {
    time += one.pause;
    const parent = parents[index];
    if (parent !== undefined) await send("hardhat_setStorageAt", HISTORY, toHex(index), parent);
    await send("evm_setNextBlockTimestamp", time);
    const head = Object(await send("eth_getBlockByNumber", "latest", false));
    hashes.push(head.hash);
    await send("eth_sendTransaction", await requestOf(one, contracts, fork)).catch(() => undefined);
    const block = Object(await send("eth_getBlockByNumber", "latest", true));
    const receipt = Object(await send("eth_getTransactionReceipt", Object(block.transactions[0]).hash));
    if (receipt.contractAddress !== null) contracts.push(receipt.contractAddress);
    outcomes.push({ block: comparable(block), receipt: comparable(receipt), hash: receipt.transactionHash });
  }
  return { outcomes, hashes };
}

/** What only one of the two networks reports, of receipts and transactions of old forks. */
function withoutExtras({ block, receipt, ...rest }: Json): Json {
  const { type: _type, effectiveGasPrice: _price, ...core } = Object(receipt);
  // Hardhat's network leaves the RLP prefix of typed transactions out of the size; ours tells no total difficulty before Paris.
  const { transactions, size: _size, totalDifficulty: _total, ...header } = Object(block);
  const logs = core.logs.map(({ blockTimestamp: _time, ...log }: Json) => log);
  const shorter = transactions.map(
    ({ type: _t, chainId: _c, yParity: _y, blockTimestamp: _b, ...transaction }: Json) => transaction,
  );
  return { ...rest, block: { ...header, transactions: shorter }, receipt: { ...core, logs } };
}

/** Every value by its path, in the order of the paths. */
function flat(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path} ${value}`];
  const inner = Object.entries(value).flatMap(([name, one]) => flat(one, `${path}/${name}`));
  return path === "" ? inner.sort() : inner;
}

async function compare(fork: ChainFork, steps: readonly Step[]): Promise<void> {
  const ours = await open("default", fork);
  const theirs = await open("edr", fork);
  const hasHistory = fork === "prague" || fork === "osaka";
  // Hardhat's network has a contract there that always reverts, and never writes to it.
  if (hasHistory) {
    await theirs("hardhat_setCode", HISTORY, await ours("eth_getCode", HISTORY, "latest"));
    await theirs("hardhat_setNonce", HISTORY, "0x1");
  }
  const expected = await play(ours, fork, steps, []);
  const actual = await play(theirs, fork, steps, hasHistory ? expected.hashes : []);
  const ofOurs = flat(expected.outcomes.map(withoutExtras));
  const ofTheirs = flat(actual.outcomes.map(withoutExtras));
  expect(ofOurs.filter((line) => !ofTheirs.includes(line)).join("\n"), "only here").to.equal("");
  expect(ofTheirs.filter((line) => !ofOurs.includes(line)).join("\n"), "only there").to.equal("");
}

describe("each fork beside Hardhat's own network", () => {
  for (const fork of ["byzantium", "constantinople", "petersburg", "istanbul", "berlin", "london", "paris"] as const) {
    it(`given ${fork}, blocks have the same fields, roots, difficulty and rewards`, async () => {
      const common = { sender: 0, words: [0, 1, 0, 1, 0, 1], value: 0, gas: 400_000, init: OLD_INIT, authorities: [] };
      await compare(fork, [
        { ...common, target: undefined, envelope: "legacy", pause: 3 },
        { ...common, target: 0, envelope: "accessList", pause: 9 },
        { ...common, target: 0, envelope: "feeMarket", pause: 40, sender: 1 },
        { ...common, target: 2, envelope: "feeMarket", pause: 2_000, value: 5, gas: 21_768 },
        { ...common, target: 0, envelope: "legacy", pause: 1, gas: 25_000 },
      ]);
    });
  }

  for (const fork of ["shanghai", "cancun", "prague", "osaka"] as const) {
    it(`given ${fork} and random programs, blocks and receipts are the same`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => compare(fork, steps)),
        { numRuns: 15 },
      );
    }).timeout(120_000);
  }

  for (const fork of ["cancun", "prague", "osaka"] as const) {
    it(`given ${fork} and blocks full of blobs, their price and excess are the same`, async () => {
      const { chain } = testChain({ hardfork: fork, engine: "machine" });
      const most = fork === "prague" ? 9 : 6;
      const counts = [most, most, most, 1, most, 0, 0, most];
      const compared: string[][] = [];
      for (const networkName of ["default", "edr"] as const) {
        const send = await open(networkName, fork);
        const seen: string[] = [];
        let nonce = 0;
        for (const [index, count] of counts.entries()) {
          await send("evm_setNextBlockTimestamp", GENESIS_TIME + 1 + index);
          const hashes = Array.from({ length: count }, () => constant.hash);
          const vectors = hashes.map(() => constant);
          if (count === 0) await send("evm_mine");
          else
            await send(
              "eth_sendRawTransaction",
              toHex(wrap(bareTransaction(chain, { nonce: nonce++, hashes }), vectors)),
            );
          const block = Object(await send("eth_getBlockByNumber", "latest", false));
          const price = await send("eth_blobBaseFee");
          seen.push(
            `${block.transactions} ${block.blobGasUsed} ${block.excessBlobGas} ${block.baseFeePerGas} ${price}`,
          );
          seen.push(block.receiptsRoot, block.transactionsRoot);
        }
        compared.push(seen);
      }
      expect(compared[0]).to.deep.equal(compared[1]);
    }).timeout(120_000);
  }
});
