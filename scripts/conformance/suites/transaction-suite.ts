import { fromHex } from "../../../chain/src/codec/hex.ts";
import { ChainError } from "../../../chain/src/errors.ts";
import { executionOf } from "../../../chain/src/executor/executor.ts";
import { checkStatic } from "../../../chain/src/executor/validity.ts";
import { decodeTransaction } from "../../../chain/src/pool/transaction-codec.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import type { Fork } from "../../../chain/src/rules/fork.ts";
import type { Transaction } from "../../../chain/src/types.ts";
import type { Case } from "../case.ts";
import { answersException } from "../exceptions.ts";
import { forkOf } from "../forks.ts";
import { asHex, asInteger, asObject, asText, type JsonObject, type Place, readTests } from "../json.ts";

/** Chain of the public suites. */
export const CHAIN_ID = 1n;

/** TransactionTests: bytes that per fork are a transaction with a hash, a sender and an intrinsic cost, or are refused. One case per fork. */
export function transactionCases(path: string, file: string): Case[] {
  return readTests(path, file).flatMap(([name, test]) => {
    const results = asObject(test.result, `${file}: ${name}.result`);
    return Object.entries(results).map(([forkName, result]): Case => {
      const fork = forkOf(forkName);
      const place = `${file}: ${name}.result.${forkName}`;
      return {
        name: `${name} [${forkName}]`,
        fork,
        hasCode: false,
        run() {
          if (fork === undefined) return `there is no fork ${forkName}`;
          return compare(
            fromHex(asHex(test.txbytes, `${file}: ${name}.txbytes`)),
            fork,
            asObject(result, place),
            place,
          );
        },
      };
    });
  });
}

function compare(raw: Uint8Array, fork: Fork, result: JsonObject, place: Place): string | undefined {
  const rules = createEthereumRules({ fork, allowUnlimitedContractSize: false });
  const exception = result.exception === undefined ? undefined : asText(result.exception, place);
  let transaction: Transaction;
  try {
    transaction = decodeTransaction(raw, { chainId: CHAIN_ID, fork, types: rules.transactionTypes });
    checkStatic(executionOf(transaction), rules);
  } catch (error) {
    return judgeRefusal(error, exception);
  }
  if (exception !== undefined) return `accepted; expected ${exception}`;
  const expected = {
    hash: asHex(result.hash, place),
    sender: asHex(result.sender, place),
    intrinsicGas: asInteger(result.intrinsicGas, place),
  };
  const actual = { hash: transaction.hash, sender: transaction.from, intrinsicGas: rules.intrinsicGas(transaction) };
  const wrong = (["hash", "sender", "intrinsicGas"] as const).filter((field) => actual[field] !== expected[field]);
  if (wrong.length === 0) return undefined;
  return wrong.map((field) => `${field} ${actual[field]}, expected ${expected[field]}`).join("; ");
}

/** Whether what was thrown is the refusal that was expected. Other errors than the chain's go on. */
export function judgeRefusal(error: unknown, exception: string | undefined): string | undefined {
  if (!(error instanceof ChainError) || !error.code.startsWith("TX_")) throw error;
  if (exception === undefined) return `refused with ${error.code}: ${error.message}`;
  return answersException(error.code, exception) ? undefined : `refused with ${error.code}, expected ${exception}`;
}
