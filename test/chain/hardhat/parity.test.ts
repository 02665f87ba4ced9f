import { expect } from "chai";
import fc from "fast-check";
import { artifacts, network } from "hardhat";
import { encodeDeployData, encodeFunctionData, type Hex, toHex } from "viem";

const { abi, bytecode } = await artifacts.readArtifact("ChainProbe");

const GENESIS_TIME = 1_900_000_000;
const FIRST_PROBE = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const OTHER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";

/** One step: a transaction, and how long after the block before it its own block comes. */
interface Step {
  readonly to: Hex | undefined;
  readonly from: Hex;
  readonly data: Hex;
  readonly value: number;
  readonly gas: number;
  readonly tip: number;
  readonly pause: number;
}

const callData = fc.oneof(
  fc
    .integer({ min: 0, max: 1_500 })
    .map((value) => encodeFunctionData({ abi, functionName: "setValue", args: [BigInt(value)] })),
  fc.constant(encodeFunctionData({ abi, functionName: "deposit" })),
  fc
    .integer({ min: 0, max: 1_500 })
    .map((value) => encodeFunctionData({ abi, functionName: "tryOther", args: [FIRST_PROBE, BigInt(value)] })),
  fc
    .integer({ min: 0, max: 2 })
    .map((divisor) => encodeFunctionData({ abi, functionName: "failWithPanic", args: [BigInt(divisor)] })),
  fc.constant(encodeFunctionData({ abi, functionName: "useAllGas" })),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => toHex(bytes)),
);

const target = fc.oneof(
  { weight: 6, arbitrary: fc.record({ to: fc.constant<Hex>(FIRST_PROBE), data: callData }) },
  {
    weight: 1,
    arbitrary: fc.record({
      to: fc.constant<Hex>("0x00000000000000000000000000000000000000aa"),
      data: fc.constant<Hex>("0x"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      to: fc.constant(undefined),
      data: fc
        .integer({ min: 990, max: 1_010 })
        .map((value) => encodeDeployData({ abi, bytecode, args: [BigInt(value)] })),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc
  .tuple(
    target,
    fc.record({
      from: fc.constantFrom<Hex>(SENDER, OTHER),
      value: fc.constantFrom(0, 0, 1, 1_000_000),
      gas: fc.constantFrom(60_000, 200_000, 2_000_000),
      tip: fc.integer({ min: 0, max: 2_000_000_000 }),
      pause: fc.integer({ min: 1, max: 1_000_000 }),
    }),
  )
  .map(([what, how]) => ({ ...what, ...how }));

/** What both networks must agree on about a block. */
const comparedFields = [
  "number",
  "stateRoot",
  "receiptsRoot",
  "transactionsRoot",
  "logsBloom",
  "gasUsed",
  "gasLimit",
  "baseFeePerGas",
  "timestamp",
  "mixHash",
  "miner",
  "withdrawalsRoot",
] as const;

/** Code and transaction of a failure; where the gas ran out, Hardhat's network names the transaction in the data. */
function failureOf(error: unknown): { code: unknown; hash: unknown } {
  const { code, data, transactionHash } = Object(error);
  return { code, hash: transactionHash ?? Object(data).transactionHash };
}

/** Plays the steps on a network and returns what it made of them. */
async function play(networkName: string, steps: readonly Step[]): Promise<unknown[]> {
  const initialDate = GENESIS_TIME * 1_000;
  const override = networkName === "edr" ? { initialDate: new Date(initialDate) } : { banyan: { initialDate } };
  const { provider } = await network.create({ network: networkName, override });
  const outcomes: unknown[] = [];
  let time = GENESIS_TIME;
  const deployment: Step = {
    to: undefined,
    from: SENDER,
    data: encodeDeployData({ abi, bytecode, args: [1n] }),
    value: 0,
    gas: 2_000_000,
    tip: 1,
    pause: 1,
  };
  for (const { to, from, data, value, gas, tip, pause } of [deployment, ...steps]) {
    time += pause;
    await provider.request({ method: "evm_setNextBlockTimestamp", params: [time] });
    await provider.request({ method: "hardhat_setPrevRandao", params: [toHex(time, { size: 32 })] });
    const fees = { maxFeePerGas: toHex(50_000_000_000), maxPriorityFeePerGas: toHex(tip) };
    const transaction = {
      from,
      data,
      value: toHex(value),
      gas: toHex(gas),
      ...fees,
      ...(to === undefined ? {} : { to }),
    };
    const outcome: unknown = await provider
      .request({ method: "eth_sendTransaction", params: [transaction] })
      .catch(failureOf);
    const block = Object(await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] }));
    outcomes.push({
      outcome,
      transactions: block.transactions,
      ...Object.fromEntries(comparedFields.map((field) => [field, block[field]])),
    });
  }
  const { storageProof: _slots, ...account } = Object(
    await provider.request({ method: "eth_getProof", params: [FIRST_PROBE, [], "latest"] }),
  );
  return [...outcomes, account];
}

describe("the chain beside Hardhat's own network", () => {
  it("has the same genesis state", async () => {
    const roots = await Promise.all(
      ["default", "edr"].map(async (networkName) => {
        const { provider } = await network.create(networkName);
        return Object(await provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] })).stateRoot;
      }),
    );
    expect(roots[0]).to.equal(roots[1]);
  });

  it("makes the same hashes, roots, gas, fees, proofs and refusals of any sequence of transactions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        expect(await play("default", steps)).to.deep.equal(await play("edr", steps));
      }),
      { numRuns: 15 },
    );
  });
});
