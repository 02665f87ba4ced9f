import { expect } from "chai";
import { hexToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { createEthereumjsEngine } from "../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { ChainError } from "../../../chain/src/errors.ts";
import { createExecutor, type Execution } from "../../../chain/src/executor/executor.ts";
import { decodeTransaction } from "../../../chain/src/pool/transaction-codec.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { createState } from "../../../chain/src/state/state.ts";
import type { Address, Hash } from "../../../chain/src/types.ts";
import { bytes } from "../support.ts";

const sender: Address = `0x${"aa".repeat(20)}`;
const contract: Address = `0x${"cc".repeat(20)}`;
const blobHashes: readonly Hash[] = [`0x01${"22".repeat(31)}`, `0x01${"33".repeat(31)}`];
const rules = createEthereumRules({ allowUnlimitedContractSize: false });
const executor = createExecutor({
  engine: createEthereumjsEngine({ chainId: 1n, allowUnlimitedContractSize: false }),
  rules,
});
const block = {
  number: 1n,
  timestamp: 1n,
  coinbase: `0x${"bb".repeat(20)}`,
  gasLimit: 30_000_000n,
  baseFeePerGas: 7n,
  prevRandao: `0x${"00".repeat(32)}`,
  blobBaseFee: 3n,
  blockHash: () => undefined,
} as const;
const transaction: Execution = {
  from: sender,
  to: contract,
  value: 0n,
  data: new Uint8Array(0),
  gasLimit: 100_000n,
  maxFeePerGas: 10n,
  maxPriorityFeePerGas: 1n,
  accessList: [],
  maxFeePerBlobGas: 5n,
  blobHashes,
  nonce: 0n,
  hash: undefined,
  mayHaveCode: false,
  chargesFees: true,
};
/** What the transaction may cost: gas at its cap, two blobs of 131,072 gas at theirs. */
const MOST = 100_000n * 10n + 2n * 131_072n * 5n;

function stateWith(balance: bigint) {
  const state = createState();
  state.setBalance(sender, balance);
  // PUSH1 1, BLOBHASH, PUSH0, SSTORE
  state.setCode(contract, bytes("6001495f55"));
  return state;
}

describe("Transactions with blobs (EIP-4844)", () => {
  it("given a fee cap below the price of blob gas, or a wei too little, refuses and changes nothing", async () => {
    const code = async (balance: bigint, changes: Partial<Execution>) => {
      const state = stateWith(balance);
      const answer = await executor.execute(state, { ...transaction, ...changes }, block).catch((error) => error);
      expect(state.getBalance(sender)).to.equal(balance);
      expect(state.getNonce(sender)).to.equal(0n);
      return answer instanceof ChainError ? answer.code : answer;
    };
    expect(await code(MOST, { maxFeePerBlobGas: 2n })).to.equal("TX_BLOB_FEE_CAP_BELOW_BASE_FEE");
    expect(await code(MOST - 1n, {})).to.equal("TX_INSUFFICIENT_FUNDS");
  });

  it("given enough, charges the price of the blobs, pays it to nobody, and shows their hashes to the contract", async () => {
    const state = stateWith(MOST);
    const { success, gasUsed } = await executor.execute(state, transaction, block);
    expect(success).to.equal(true);
    // 21,000, PUSH1, BLOBHASH, PUSH0, and a new slot, cold.
    expect(gasUsed).to.equal(21_000n + 3n + 3n + 2n + 22_100n);
    expect(state.getBalance(sender)).to.equal(MOST - gasUsed * 8n - 2n * 131_072n * 3n);
    expect(state.getBalance(block.coinbase)).to.equal(gasUsed);
    expect(state.getStorage(contract, `0x${"00".repeat(32)}`)).to.deep.equal(hexToBytes(blobHashes[1] ?? "0x"));
  });

  it("given what viem signed, decodes it where type 3 is accepted, and only there", async () => {
    const account = privateKeyToAccount(`0x${"17".repeat(32)}`);
    const raw = hexToBytes(
      await account.signTransaction({
        type: "eip4844",
        chainId: 1,
        nonce: 4,
        to: contract,
        gas: 100_000n,
        maxFeePerGas: 10n,
        maxPriorityFeePerGas: 1n,
        maxFeePerBlobGas: 5n,
        blobVersionedHashes: [...blobHashes],
        sidecars: false,
      }),
    );
    const decoded = decodeTransaction(raw, { chainId: 1n, types: rules.transactionTypes });
    expect(decoded).to.deep.include({
      type: 3,
      from: account.address.toLowerCase(),
      to: contract,
      nonce: 4n,
      maxFeePerBlobGas: 5n,
      blobHashes,
    });
    const code = (types?: readonly (0 | 1 | 2 | 3)[]) => {
      try {
        decodeTransaction(raw, { chainId: 1n, ...(types === undefined ? {} : { types }) });
      } catch (error) {
        return error instanceof ChainError ? error.code : error;
      }
      return undefined;
    };
    expect(code()).to.equal("TX_TYPE_UNSUPPORTED");
    expect(code([0, 1, 2])).to.equal("TX_TYPE_UNSUPPORTED");
  });
});
