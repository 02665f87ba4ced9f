import { EMPTY_BYTES } from "../codec/hex.ts";
import { ChainError } from "../errors.ts";
import { leastGas } from "../executor/validity.ts";
import { type Ledger, nextBaseFee, nextBlobBaseFee } from "../ledger.ts";
import type { Address, TransactionRequest, TransactionType } from "../types.ts";
import type { UnsignedTransaction } from "./transaction-codec.ts";

const MAX_UINT64 = 2n ** 64n - 1n;
const DEFAULT_TIP = 1_000_000_000n;
/** Before London: the price of Hardhat's network. */
const DEFAULT_GAS_PRICE = 8_000_000_000n;

/**
 * Fills in what a request leaves open: the next pending nonce, a fee cap of twice the base fee and the tip, 1 gwei of tip.
 * @throws ChainError `TX_CHAIN_ID` if it names another chain
 */
export function completeRequest(
  ledger: Ledger,
  request: TransactionRequest,
  chainId: bigint,
): Omit<UnsignedTransaction, "gasLimit"> {
  if (request.chainId !== undefined && request.chainId !== chainId) {
    throw new ChainError(
      "TX_CHAIN_ID",
      `The transaction is meant for chain ${request.chainId}; this is chain ${chainId}`,
      { chainId: request.chainId, expected: chainId },
    );
  }
  const gasPrice = request.gasPrice ?? (ledger.rules.hasBaseFee ? undefined : DEFAULT_GAS_PRICE);
  const tip =
    request.maxPriorityFeePerGas ??
    (request.maxFeePerGas !== undefined && request.maxFeePerGas < DEFAULT_TIP ? request.maxFeePerGas : DEFAULT_TIP);
  const isPriced =
    gasPrice !== undefined && request.maxFeePerGas === undefined && request.maxPriorityFeePerGas === undefined;
  const { authorizationList, blobHashes } = request;
  const type = typeOf(request, isPriced);
  if (!ledger.rules.transactionTypes.includes(type)) {
    throw new ChainError(
      "TX_TYPE_UNSUPPORTED",
      `The fork ${ledger.rules.hardfork} has no transactions of type ${type}`,
      {
        type,
        hardfork: ledger.rules.hardfork,
      },
    );
  }
  return {
    type,
    chainId,
    nonce: request.nonce ?? ledger.pool.nextNonce(request.from, (address) => ledger.state.getNonce(address)),
    maxFeePerGas: gasPrice ?? request.maxFeePerGas ?? 2n * nextBaseFee(ledger) + tip,
    maxPriorityFeePerGas: gasPrice ?? tip,
    to: request.to,
    value: request.value ?? 0n,
    data: request.data ?? EMPTY_BYTES,
    accessList: request.accessList ?? [],
    ...(authorizationList === undefined ? {} : { authorizationList }),
    ...(blobHashes === undefined
      ? {}
      : { blobHashes, maxFeePerBlobGas: request.maxFeePerBlobGas ?? 2n * nextBlobBaseFee(ledger) }),
  };
}

/** The envelope that a request's fields ask for. */
function typeOf({ authorizationList, blobHashes, accessList }: TransactionRequest, isPriced: boolean): TransactionType {
  if (authorizationList !== undefined) return 4;
  if (blobHashes !== undefined) return 3;
  if (!isPriced) return 2;
  return accessList === undefined ? 0 : 1;
}

/** The gas limit of a block (or of a transaction, if the rules have one), or less if the sender can pay for less; but not less than the transaction costs before it runs. */
export function affordableGas(ledger: Ledger, unsigned: Omit<UnsignedTransaction, "gasLimit">, from: Address): bigint {
  const most = ledger.rules.maxTransactionGas ?? MAX_UINT64;
  const limit = most < ledger.knobs.blockGasLimit ? most : ledger.knobs.blockGasLimit;
  const { maxFeePerGas, value } = unsigned;
  const left = ledger.state.getBalance(from) - value;
  if (maxFeePerGas === 0n || left >= limit * maxFeePerGas) return limit;
  const least = leastGas(unsigned, ledger.rules);
  const affordable = left / maxFeePerGas;
  return affordable < least ? least : affordable;
}
