import { fromHex, trimZeros } from "./codec/hex.ts";
import type { ChainControls, PreparedTransaction } from "./controls.ts";
import { privateKeyToAddress } from "./crypto/secp256k1.ts";
import { ChainError } from "./errors.ts";
import type { Simulator } from "./executor/simulator.ts";
import type { Ledger } from "./ledger.ts";
import { completeRequest } from "./pool/complete-request.ts";
import { markTransaction, signTransaction, type UnsignedTransaction } from "./pool/transaction-codec.ts";
import { dumpAccounts } from "./state/dump-accounts.ts";
import type { Address, Awaitable, Hash, Transaction, TransactionRequest } from "./types.ts";

/** Longest extra data of a header, bytes (Yellow Paper, section 4.4.4). */
const MOST_EXTRA_DATA = 32;
const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";

/** What the controls work with. */
export interface ControlModules {
  readonly ledger: Ledger;
  /** Keys by address. */
  readonly keys: Map<Address, Uint8Array>;
  /** The addresses of the keys, in the order that is shown. */
  readonly accounts: Address[];
  readonly simulator: Simulator;
  /** Lets an order wait for its turn. */
  order<T>(work: () => Awaitable<T>): Awaitable<T>;
}

function unknownAccount(from: Address): ChainError {
  return new ChainError("ACCOUNT_UNKNOWN", `The chain holds no key for ${from}`, { from });
}

function addressOf(privateKey: Uint8Array): Address {
  try {
    return privateKeyToAddress(privateKey);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ChainError("OPTION_INVALID", `These are not the 32 bytes of a private key: ${why}`, {
      size: privateKey.length,
    });
  }
}

/** Makes the controls of a chain. */
export function createControls({
  ledger,
  keys,
  accounts,
  simulator,
  order,
}: ControlModules): Omit<ChainControls, "reset"> {
  const { state, pool, clock, knobs } = ledger;

  function drop(hashes: readonly Hash[]): number {
    for (const hash of hashes) pool.remove(hash);
    return hashes.length;
  }

  /** Completes a request and puts the seal on it. */
  async function prepare(
    request: TransactionRequest,
    seal: (unsigned: UnsignedTransaction) => Transaction,
  ): Promise<PreparedTransaction> {
    const unsigned = completeRequest(ledger, request, ledger.chainId);
    if (request.gasLimit !== undefined) return { transaction: seal({ ...unsigned, gasLimit: request.gasLimit }) };
    const { nonce: _nonce, chainId: _chainId, ...call } = request;
    const estimate = await simulator.estimateGas(call, { block: "pending" });
    return estimate.success
      ? { transaction: seal({ ...unsigned, gasLimit: estimate.gasLimit }) }
      : { refused: estimate };
  }

  return {
    signTransaction: async (request) =>
      order(async () => {
        const key = keys.get(request.from);
        if (key === undefined) throw unknownAccount(request.from);
        return prepare(request, (unsigned) => signTransaction(unsigned, request.from, key));
      }),
    fillTransaction: async (request) =>
      order(() => prepare(request, (unsigned) => ({ ...markTransaction(unsigned, ZERO_ADDRESS), from: request.from }))),

    dropAllTransactions: () => order(() => drop(pool.snapshot().map(({ hash }) => hash))),
    dropTransactionsOf: (sender) =>
      order(() =>
        drop(
          pool
            .snapshot()
            .filter(({ from }) => from === sender)
            .map(({ hash }) => hash),
        ),
      ),

    addAccount(privateKey) {
      const address = addressOf(privateKey);
      if (!keys.has(address)) accounts.push(address);
      keys.set(address, privateKey.slice());
      return address;
    },
    removeAccount(address) {
      if (!keys.delete(address)) return false;
      accounts.splice(accounts.indexOf(address), 1);
      return true;
    },
    overwriteNonce: (address, nonce) => order(() => state.setNonce(address, nonce)),

    setTime: (timestamp) => order(() => clock.setTime(timestamp)),
    setBlockTimestampInterval: (seconds) => order(() => clock.setInterval(seconds)),
    setExtraData: (data) =>
      order(() => {
        if (data.length > MOST_EXTRA_DATA) {
          throw new ChainError(
            "OPTION_INVALID",
            `Extra data of ${data.length} bytes is too long: a header has room for ${MOST_EXTRA_DATA}`,
            { size: data.length, limit: MOST_EXTRA_DATA },
          );
        }
        knobs.extraData = data.slice();
      }),

    dumpAccounts: () => order(() => dumpAccounts(state)),
    loadAccounts: (dumped) =>
      order(() => {
        for (const [address, { balance, nonce, code, storage }] of dumped) {
          state.setBalance(address, balance);
          state.setNonce(address, nonce);
          state.setCode(address, code);
          state.clearStorage(address);
          for (const [slot, value] of storage) state.setStorage(address, slot, trimZeros(fromHex(value)));
        }
      }),
  };
}
