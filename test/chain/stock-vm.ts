import type { Address, Block, Chain, Log, Transaction } from "@banyan/chain";
import { Block as StockBlock } from "@nomicfoundation/ethereumjs-block";
import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import { DefaultStateManager } from "@nomicfoundation/ethereumjs-statemanager";
import { TransactionFactory } from "@nomicfoundation/ethereumjs-tx";
import { Account, Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { VM } from "@nomicfoundation/ethereumjs-vm";
import { fromHex, toHex } from "../../chain/src/codec/hex.ts";

/** What the stock VM makes of a transaction. */
export interface StockResult {
  readonly status: number;
  readonly gasUsed: bigint;
  readonly logs: readonly Log[];
  readonly createdAddress: Address | undefined;
  readonly returnData: string;
  readonly bloom: string;
}

/** The VM of ethereumjs with its own state trie and its own `runTx`: the oracle of the differential tests. */
export interface StockVm {
  run(transaction: Transaction, block: Block): Promise<StockResult>;
  root(): Promise<string>;
}

const cancun = (): Common => Common.custom({ chainId: 31_337n, networkId: 31_337n }, { hardfork: Hardfork.Cancun });
// For blocks and transactions; every VM has its own, because it listens to it for good.
export const stockCommon = cancun();

/** A field that only some forks have. */
function ifGiven<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };
}

/** The block as ethereumjs knows it: recomputes nothing, hashes the header itself. */
export function stockBlock(block: Block): StockBlock {
  const { header } = block;
  return StockBlock.fromBlockData(
    {
      header: {
        parentHash: header.parentHash,
        uncleHash: header.ommersHash,
        coinbase: header.coinbase,
        stateRoot: header.stateRoot,
        transactionsTrie: header.transactionsRoot,
        receiptTrie: header.receiptsRoot,
        logsBloom: header.logsBloom,
        difficulty: header.difficulty,
        number: header.number,
        gasLimit: header.gasLimit,
        gasUsed: header.gasUsed,
        timestamp: header.timestamp,
        extraData: header.extraData,
        mixHash: header.prevRandao,
        nonce: header.nonce,
        ...ifGiven("baseFeePerGas", header.baseFeePerGas),
        ...ifGiven("withdrawalsRoot", header.withdrawalsRoot),
        ...ifGiven("blobGasUsed", header.blobGasUsed),
        ...ifGiven("excessBlobGas", header.excessBlobGas),
        ...ifGiven("parentBeaconBlockRoot", header.parentBeaconBlockRoot),
      },
      transactions: block.transactions.map(({ raw }) =>
        TransactionFactory.fromSerializedData(raw, { common: stockCommon }),
      ),
      withdrawals: [],
    },
    { common: stockCommon, skipConsensusFormatValidation: true },
  );
}

/** Makes a stock VM whose state is that of a chain at genesis. */
export async function createStockVm(chain: Chain): Promise<StockVm> {
  const common = cancun();
  const state = new DefaultStateManager({ common });
  for (const address of chain.accounts)
    await state.putAccount(new EvmAddress(fromHex(address)), new Account(0n, await chain.getBalance(address, 0n)));
  const beaconRoots: Address = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02";
  await state.putContractCode(new EvmAddress(fromHex(beaconRoots)), await chain.getCode(beaconRoots, 0n));
  const vm = await VM.create({ common, stateManager: state });
  return {
    async run(transaction, block) {
      const result = await vm.runTx({
        tx: TransactionFactory.fromSerializedData(transaction.raw, { common: stockCommon }),
        block: stockBlock(block),
      });
      const { exceptionError, logs, returnValue } = result.execResult;
      return {
        status: exceptionError === undefined ? 1 : 0,
        gasUsed: result.totalGasSpent,
        logs: (logs ?? []).map(
          ([address, topics, data]): Log => ({ address: toHex(address), topics: topics.map(toHex), data }),
        ),
        createdAddress: result.createdAddress === undefined ? undefined : toHex(result.createdAddress.bytes),
        returnData: toHex(returnValue),
        bloom: toHex(result.bloom.bitvector),
      };
    },
    root: async () => toHex(await state.getStateRoot()),
  };
}
