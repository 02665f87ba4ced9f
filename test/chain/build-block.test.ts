import { expect } from "chai";
import { buildBlock } from "../../chain/src/builder/build-block.ts";
import type { Engine } from "../../chain/src/engine/engine.ts";
import { createEthereumjsEngine } from "../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { ChainError } from "../../chain/src/errors.ts";
import { createExecutor } from "../../chain/src/executor/executor.ts";
import { signTransaction } from "../../chain/src/pool/transaction-codec.ts";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import { createState } from "../../chain/src/state/state.ts";
import { account, testChain, word } from "./support.ts";

describe("Building a block", () => {
  it("given an engine that fails in the middle of a transaction, its traces are gone and the others are in the block", async () => {
    const { chain } = testChain();
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const rules = createEthereumRules({ allowUnlimitedContractSize: false });
    const real = createEthereumjsEngine({ chainId: 31_337n, allowUnlimitedContractSize: false });
    const failing: Engine = {
      name: "fails for a value of 13",
      execute(state, message, block) {
        if (message.value !== 13n) return real.execute(state, message, block);
        state.setStorage(b, word(1), Uint8Array.of(1));
        throw new ChainError("ENGINE_FAILURE", "broken");
      },
    };
    const state = createState();
    state.setBalance(a, 10n ** 18n);
    state.seal();
    const sign = (nonce: bigint, value: bigint, index: 0 | 1): ReturnType<typeof signTransaction> =>
      signTransaction(
        {
          type: 2,
          chainId: 31_337n,
          nonce,
          gasLimit: 21_000n,
          maxFeePerGas: 10n,
          maxPriorityFeePerGas: 0n,
          to: b,
          value,
          data: new Uint8Array(0),
          accessList: [],
        },
        account(chain, index),
        chain.privateKeyOf(account(chain, index)) ?? new Uint8Array(32),
      );
    const transactions = [sign(0n, 5n, 0), sign(1n, 13n, 0), sign(1n, 6n, 0)];
    const { block, refused } = await buildBlock(
      state,
      createExecutor({ engine: failing, rules }),
      {
        fork: "cancun",
        difficulty: 0n,
        excessBlobGas: 0n,
        number: 1n,
        timestamp: 1n,
        coinbase: b,
        gasLimit: 1_000_000n,
        baseFeePerGas: 7n,
        prevRandao: word(0),
        blobBaseFee: 1n,
        blockHash: () => undefined,
        parentHash: word(0),
        parentBeaconBlockRoot: word(0),
        extraData: new Uint8Array(0),
      },
      transactions,
    );
    expect(refused.map(({ transaction, error }) => [transaction.value, error.code])).to.deep.equal([
      [13n, "ENGINE_FAILURE"],
    ]);
    // Later transactions of the same sender are passed over: their nonce may hang on the refused one.
    expect(block.transactions.map(({ value }) => value)).to.deep.equal([5n]);
    expect(state.getBalance(a)).to.equal(10n ** 18n - 5n - 21_000n * 7n);
    expect(state.getNonce(a)).to.equal(1n);
    expect(state.getStorage(b, word(1))).to.have.length(0);
  });
});
