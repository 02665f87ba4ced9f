import type { Random } from "../fuzz/random.ts";

const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;

/** The first accounts of the standard test mnemonic, precompiles, and nobody. */
const ADDRESSES = [
  "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  "0x0000000000000000000000000000000000000000",
  "0x0000000000000000000000000000000000000001",
  "0x0000000000000000000000000000000000000009",
  "0x5fbdb2315678afecb367f032d93f642f64180aa3",
];

/** Code that loops for ever, fills memory, logs, calls itself, destroys itself, returns 24 KiB, is cut off. */
const CODES = [
  "0x5b5f56",
  "0x63ffffffff5f5260016000fd",
  "0x5b5f5fa05f56",
  "0x5f5f5f5f5f305af15f5f5f5f5f305af1",
  "0x33ff",
  "0x6160005ff3",
  "0x7f",
  "0x5b600160005401600055600056",
  "0x600c600d600439600c6004f35b5f5fa05f5f5ff3",
  "0xfe",
];

const QUANTITIES = [
  "0x0",
  "0x1",
  "0x5208",
  "0x10000",
  "0xffffffff",
  "0x100000000",
  "0x7fffffffffffffff",
  "0x8000000000000000",
  "0xffffffffffffffff",
  "0x10000000000000000",
  `0x${"f".repeat(64)}`,
  "0x3b9aca00",
  "0xde0b6b3a7640000",
];
const BLOCKS = ["latest", "pending", "earliest", "safe", "finalized", "0x0", "0x1", "0x2", "0xffffffffffffffff"];
const METHODS_OF_OBJECTS = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "then"];

/** What nobody should send. Raw JSON, for JSON.stringify would write some of it otherwise. */
function junkText(random: Random): string {
  const depth = random.pick([3, 50, 5_000]);
  return random.pick([
    "null",
    "true",
    "-0",
    "1e308",
    "1e999",
    "-1",
    "0.5",
    "9007199254740993",
    '""',
    '"0x"',
    '"0x00"',
    '"0X1"',
    '"0xg"',
    '"-0x1"',
    '"latest "',
    '"\\ud800"',
    '"\\u0000"',
    "[]",
    "{}",
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"length":-1}',
    `"0x${"00".repeat(random.pick([31, 33, 5_000]))}"`,
    `"${"9".repeat(400)}"`,
    `${"[".repeat(depth)}${"]".repeat(depth)}`,
    `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
    JSON.stringify(hexOf(random.bytes(random.pick([1, 20, 32, 65, 200])))),
  ]);
}

const quantity = (random: Random): string => random.pick(QUANTITIES);
const address = (random: Random): string => (random.chance(85) ? random.pick(ADDRESSES) : hexOf(random.bytes(20)));
const word = (random: Random): string =>
  random.pick([hexOf(random.bytes(32)), `0x${"0".repeat(64)}`, `0x${"0".repeat(63)}1`, `0x${"f".repeat(64)}`]);
const data = (random: Random): string =>
  random.chance(60) ? random.pick(CODES) : hexOf(random.bytes(random.pick([0, 1, 4, 36, 100, 1_000])));

/** A whole signed transaction of the first account, to cut off and to damage. */
const SIGNED =
  "02f86c827a6980843b9aca0084773594008252089470997970c51812dc3a010c7d01b50e0d17dc79c80180c080a07ca003a6a2adcce9641e808dcecdedf7c37ca5f48c326a17e25406471de8d1eea053a15f6568f6cf8ccf47cb2f77585c4b71ba3a579bfcc82de7a528889b92a705";

function rawTransaction(random: Random): string {
  const bytes = Buffer.from(SIGNED, "hex");
  const kind = random.below(4);
  if (kind === 0) return hexOf(bytes);
  if (kind === 1) return hexOf(bytes.subarray(0, random.below(bytes.length)));
  bytes[kind === 2 ? random.below(8) : random.below(bytes.length)] = random.below(256);
  return hexOf(bytes);
}

/** Leaves members out now and then. */
function someOf(random: Random, members: Readonly<Record<string, () => unknown>>): Record<string, unknown> {
  const chosen: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(members)) if (random.chance(55)) chosen[name] = make();
  return chosen;
}

function transaction(random: Random): unknown {
  return someOf(random, {
    from: () => (random.chance(80) ? random.pick(ADDRESSES.slice(0, 2)) : address(random)),
    to: () => address(random),
    data: () => data(random),
    value: () => random.pick(["0x0", "0x1", "0x0", quantity(random)]),
    gas: () => random.pick(["0x30d40", "0xf4240", "0x1e8480", quantity(random)]),
    ...(random.chance(15) ? { nonce: () => quantity(random) } : {}),
    ...(random.chance(30) ? { gasPrice: () => quantity(random) } : {}),
    ...(random.chance(30)
      ? { maxFeePerGas: () => quantity(random), maxPriorityFeePerGas: () => quantity(random) }
      : {}),
    ...(random.chance(20) ? { accessList: () => [{ address: address(random), storageKeys: [word(random)] }] } : {}),
    ...(random.chance(10) ? { chainId: () => quantity(random), type: () => quantity(random) } : {}),
    ...(random.chance(5) ? { blobVersionedHashes: () => [word(random)], authorizationList: () => [{}] } : {}),
  });
}

function filter(random: Random): unknown {
  return someOf(random, {
    fromBlock: () => random.pick(BLOCKS),
    toBlock: () => random.pick(BLOCKS),
    address: () => (random.chance(50) ? address(random) : [address(random), address(random)]),
    topics: () => [null, word(random), [word(random), null]].slice(0, random.below(4)),
    ...(random.chance(20) ? { blockHash: () => word(random) } : {}),
  });
}

const overrides = (random: Random): unknown => ({
  [address(random)]: someOf(random, {
    balance: () => quantity(random),
    nonce: () => quantity(random),
    code: () => data(random),
    state: () => ({ [word(random)]: word(random) }),
    stateDiff: () => ({ [word(random)]: word(random) }),
  }),
});

const typedData = (random: Random): unknown => ({
  types: {
    [random.pick(["A", ...METHODS_OF_OBJECTS])]: [{ name: "a", type: random.pick(["uint256", "A", "A[]", "x"]) }],
  },
  primaryType: random.pick(["A", ...METHODS_OF_OBJECTS]),
  domain: random.chance(50) ? {} : { chainId: quantity(random), name: "x" },
  message: { a: random.pick([1, "x", {}, [], quantity(random)]) },
});

const MAKERS: readonly (readonly [RegExp, (random: Random) => unknown])[] = [
  [/^transaction$/, (random) => (random.chance(70) ? transaction(random) : rawTransaction(random))],
  [/filter$|^criteria/i, filter],
  [/overrides/i, overrides],
  [/typedData/i, typedData],
  [/hash$/i, word],
  [/^(?:gasLimit)$/, (random) => random.pick(["0x989680", "0x1c9c380", "0x0", quantity(random)])],
  [/^(?:baseFeePerGas|price)$/, (random) => random.pick(["0x7", "0x3b9aca00", quantity(random)])],
  [/^(?:address|account|owner|spender|token)$/, address],
  [/^(?:block|newestBlock|toBlock|fromBlock)$/, (random) => random.pick(BLOCKS)],
  [/^(?:code|data|message|state|extraData|signature|privateKey)$/, data],
  [/^(?:slot|value|prevRandao)$/, (random) => (random.chance(50) ? word(random) : quantity(random))],
  [/^(?:slots|requests)$/, (random) => (random.chance(50) ? [word(random)] : { [address(random)]: [word(random)] })],
  [/^(?:enabled|full)$/, (random) => random.chance(50)],
  [/Id$/, (random) => random.pick(["0x1", "0x2", "0x3", "0x10", quantity(random)])],
  [/^subject$/, (random) => random.pick(["newHeads", "logs", "newPendingTransactions"])],
  [/percentiles/i, () => [0, 25, 50, 100]],
  // Longer pauses only: a timer block every few milliseconds would grow the chain meanwhile.
  [/^(?:interval|seconds)$/, (random) => random.pick([0, 3_600_000, 2 ** 31, "0xffffffffffffffff"])],
  [/./, (random) => (random.chance(70) ? quantity(random) : random.below(1_000))],
];

/** A value for a parameter, as JSON text: mostly one that it takes, now and then anything. */
export function valueFor(random: Random, name: string): string {
  if (random.chance(15)) return junkText(random);
  const make = MAKERS.find(([pattern]) => pattern.test(name))?.[1];
  return JSON.stringify(make?.(random) ?? null);
}

/** A method name that is none. */
export function wrongName(random: Random): string {
  return random.pick([
    ...METHODS_OF_OBJECTS,
    "",
    "eth_",
    "eth_call\u0000",
    "ETH_CHAINID",
    "eth_".repeat(100),
    "rpc.discover",
  ]);
}

export { junkText };
