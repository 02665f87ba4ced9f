import { expect } from "chai";
import { precompilesOf } from "../../../chain/src/engine/precompiles/precompiles-of.ts";
import { ChainError } from "../../../chain/src/errors.ts";
import { checkStatic, leastGas, type StaticParts } from "../../../chain/src/executor/validity.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { FORKS, type Fork } from "../../../chain/src/rules/fork.ts";
import type { Address, Hash } from "../../../chain/src/types.ts";

const rulesOf = (fork: Fork) => createEthereumRules({ fork, allowUnlimitedContractSize: false });
const target: Address = `0x${"11".repeat(20)}`;
const blob: Hash = `0x01${"22".repeat(31)}`;
const nonzero = (length: number) => new Uint8Array(length).fill(7);

/** A transaction that every fork accepts. */
const plain: StaticParts = {
  to: target,
  data: new Uint8Array(0),
  gasLimit: 1_000_000n,
  maxFeePerGas: 10n,
  maxPriorityFeePerGas: 1n,
  accessList: [],
  nonce: 0n,
  chargesFees: true,
};

/** Code of the refusal; `undefined` if there is none. */
function refusal(fork: Fork, changes: Partial<StaticParts>): string | undefined {
  try {
    checkStatic({ ...plain, ...changes }, rulesOf(fork));
  } catch (error) {
    return error instanceof ChainError ? error.code : String(error);
  }
  return undefined;
}

describe("Ethereum's rules by fork", () => {
  it("given a plain transaction, every fork accepts it", () => {
    for (const fork of FORKS) expect(refusal(fork, {}), fork).to.equal(undefined);
  });

  it("given data, its bytes cost 68 each before Istanbul and 16 since, zeros 4", () => {
    const data = Uint8Array.of(0, 1, 0, 2, 3);
    for (const fork of FORKS) {
      const byte = FORKS.indexOf(fork) < FORKS.indexOf("istanbul") ? 68n : 16n;
      expect(rulesOf(fork).intrinsicGas({ to: target, data, accessList: [] }), fork).to.equal(21_008n + 3n * byte);
    }
  });

  it("given a creation, it costs 32,000 since Homestead (EIP-2) and its init code 2 a word since Shanghai (EIP-3860)", () => {
    const cost = (fork: Fork) =>
      rulesOf(fork).intrinsicGas({ to: undefined, data: new Uint8Array(33), accessList: [] });
    expect(cost("frontier")).to.equal(21_132n);
    expect(cost("homestead")).to.equal(53_132n);
    expect(cost("paris")).to.equal(53_132n);
    expect(cost("shanghai")).to.equal(53_136n);
  });

  it("given much data since Prague, the floor of EIP-7623 is the least gas", () => {
    const request = { to: target, data: nonzero(100), accessList: [] };
    expect(leastGas(request, rulesOf("cancun"))).to.equal(22_600n);
    expect(leastGas(request, rulesOf("prague"))).to.equal(25_000n);
    expect(refusal("cancun", { ...request, gasLimit: 22_600n })).to.equal(undefined);
    expect(refusal("cancun", { ...request, gasLimit: 22_599n })).to.equal("TX_GAS_BELOW_INTRINSIC");
    expect(refusal("prague", { ...request, gasLimit: 24_999n })).to.equal("TX_GAS_BELOW_INTRINSIC");
    expect(refusal("prague", { ...request, gasLimit: 25_000n })).to.equal(undefined);
  });

  it("given more than 2^24 gas since Osaka, refuses (EIP-7825)", () => {
    expect(refusal("prague", { gasLimit: 16_777_217n })).to.equal(undefined);
    expect(refusal("osaka", { gasLimit: 16_777_217n })).to.equal("TX_GAS_ABOVE_CAP");
    expect(refusal("osaka", { gasLimit: 16_777_216n })).to.equal(undefined);
  });

  it("given init code over 49,152 bytes since Shanghai, refuses (EIP-3860)", () => {
    const parts = { to: undefined, gasLimit: 10_000_000n };
    expect(refusal("paris", { ...parts, data: nonzero(49_153) })).to.equal(undefined);
    expect(refusal("shanghai", { ...parts, data: nonzero(49_153) })).to.equal("TX_INITCODE_TOO_LARGE");
    expect(refusal("shanghai", { ...parts, data: nonzero(49_152) })).to.equal(undefined);
  });

  it("given a nonce, fee or tip at its limit, refuses one beyond", () => {
    expect(refusal("cancun", { nonce: 2n ** 64n - 2n })).to.equal(undefined);
    expect(refusal("cancun", { nonce: 2n ** 64n - 1n })).to.equal("TX_NONCE_MAX");
    expect(refusal("cancun", { maxPriorityFeePerGas: 10n })).to.equal(undefined);
    expect(refusal("cancun", { maxPriorityFeePerGas: 11n })).to.equal("TX_TIP_ABOVE_FEE_CAP");
    const whole = { gasLimit: 2n ** 20n, maxPriorityFeePerGas: 0n };
    expect(refusal("cancun", { ...whole, maxFeePerGas: 2n ** 236n - 1n })).to.equal(undefined);
    expect(refusal("cancun", { ...whole, maxFeePerGas: 2n ** 236n })).to.equal("TX_FEE_OVERFLOW");
  });

  it("given blobs, refuses them before Cancun, in a creation, none, too many and of another version (EIP-4844)", () => {
    const hashes = (count: number) => Array.from({ length: count }, () => blob);
    expect(refusal("shanghai", { blobHashes: hashes(1) })).to.equal("TX_TYPE_UNSUPPORTED");
    expect(refusal("cancun", { blobHashes: hashes(1), to: undefined })).to.equal("TX_BLOB_CREATION");
    expect(refusal("cancun", { blobHashes: [] })).to.equal("TX_BLOB_COUNT");
    expect(refusal("cancun", { blobHashes: hashes(6) })).to.equal(undefined);
    expect(refusal("cancun", { blobHashes: hashes(7) })).to.equal("TX_BLOB_COUNT");
    expect(refusal("prague", { blobHashes: hashes(9) })).to.equal(undefined);
    expect(refusal("prague", { blobHashes: hashes(10) })).to.equal("TX_BLOB_COUNT");
    expect(refusal("osaka", { blobHashes: hashes(7) })).to.equal("TX_BLOB_COUNT");
    expect(refusal("cancun", { blobHashes: [blob, `0x02${"22".repeat(31)}`] })).to.equal("TX_BLOB_HASH_VERSION");
  });

  it("given an excess of blob gas, its price is that of EIP-4844", () => {
    const price = rulesOf("cancun").blobs?.baseFee ?? (() => undefined);
    const vectors = [
      [0n, 1n],
      [2_314_057n, 1n],
      [2_314_058n, 2n],
      [10n * 1_024n * 1_024n, 23n],
    ] as const;
    for (const [excess, expected] of vectors) expect(price(excess)).to.equal(expected);
  });

  it("warms the precompiled contracts that the engine has at each fork", () => {
    for (const fork of FORKS) {
      expect(rulesOf(fork).precompiles, fork).to.deep.equal(precompilesOf(fork).map(({ address }) => address));
    }
  });

  it("knows the types, precompiles, refunds and warmth of each fork", () => {
    const facts = (fork: Fork) => {
      const { transactionTypes, precompiles, maxRefundQuotient, warmsBeneficiary, predeploys } = rulesOf(fork);
      return [transactionTypes.length, precompiles.length, maxRefundQuotient, warmsBeneficiary, predeploys.size];
    };
    expect(facts("frontier")).to.deep.equal([1, 4, 2n, false, 0]);
    expect(facts("byzantium")).to.deep.equal([1, 8, 2n, false, 0]);
    expect(facts("berlin")).to.deep.equal([2, 9, 2n, false, 0]);
    expect(facts("london")).to.deep.equal([3, 9, 5n, false, 0]);
    expect(facts("shanghai")).to.deep.equal([3, 9, 5n, true, 0]);
    expect(facts("cancun")).to.deep.equal([4, 10, 5n, true, 1]);
    expect(facts("prague")).to.deep.equal([5, 17, 5n, true, 2]);
    expect(facts("osaka")).to.deep.equal([5, 18, 5n, true, 2]);
    const parent = { baseFeePerGas: 800n, gasLimit: 100n, gasUsed: 100n };
    expect(rulesOf("berlin").nextBaseFee(parent)).to.equal(0n);
    expect(rulesOf("london").nextBaseFee(parent)).to.equal(900n);
  });
});
