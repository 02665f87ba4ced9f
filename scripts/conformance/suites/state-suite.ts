import { bigIntToBytes, bigIntToWord, fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import { encodeList } from "../../../chain/src/codec/rlp.ts";
import { keccak256Hex } from "../../../chain/src/crypto/keccak.ts";
import type { BlockContext } from "../../../chain/src/engine/engine.ts";
import { createExecutor, executionOf } from "../../../chain/src/executor/executor.ts";
import { decodeTransaction } from "../../../chain/src/pool/transaction-codec.ts";
import { createEthereumRules } from "../../../chain/src/rules/ethereum.ts";
import { type Fork, isAtLeast } from "../../../chain/src/rules/fork.ts";
import { accountsRoot } from "../../../chain/src/state/account-leaf.ts";
import { createState, type State } from "../../../chain/src/state/state.ts";
import type { Hash, Log, Transaction } from "../../../chain/src/types.ts";
import type { Case, EngineName } from "../case.ts";
import { openEngine } from "../engines.ts";
import { forkOf } from "../forks.ts";
import { asHex, asInteger, asList, asObject, asText, type JsonObject, type Place, readTests } from "../json.ts";
import { describeDifference } from "./transaction-fields.ts";
import { CHAIN_ID, judgeRefusal } from "./transaction-suite.ts";

/** Expectation of one fork and one choice of data, gas limit and value. */
interface Expectation {
  readonly test: JsonObject;
  readonly fork: Fork;
  readonly post: JsonObject;
  readonly place: Place;
}

/**
 * GeneralStateTests: on a state, a transaction (as signed bytes) must leave a state root and a hash of its logs, or be refused with the state
 * as it was. One case per fork and choice.
 */
export function stateCases(path: string, file: string): Case[] {
  return readTests(path, file).flatMap(([name, test]) =>
    Object.entries(asObject(test.post, `${file}: ${name}.post`)).flatMap(([forkName, list]) => {
      const fork = forkOf(forkName);
      const place = `${file}: ${name}.post.${forkName}`;
      return asList(list, place).map((item, index): Case => {
        const post = asObject(item, `${place}[${index}]`);
        const { data, gas, value } = asObject(post.indexes, `${place}[${index}].indexes`);
        return {
          name: `${name} [${forkName} data ${data} gas ${gas} value ${value}]`,
          fork,
          hasCode: true,
          run: (engine) =>
            fork === undefined
              ? `there is no fork ${forkName}`
              : runCase({ test, fork, post, place: `${place}[${index}]` }, engine),
        };
      });
    }),
  );
}

async function runCase({ test, fork, post, place }: Expectation, engineName: EngineName): Promise<string | undefined> {
  const rules = createEthereumRules({ fork, allowUnlimitedContractSize: false });
  const blobBaseFee = rules.blobs?.baseFee ?? (() => 0n);
  const block = blockOf(asObject(test.env, `${place}: env`), fork, blobBaseFee, place);
  const state = stateOf(asObject(test.pre, `${place}: pre`), place);
  const exception = post.expectException === undefined ? undefined : asText(post.expectException, place);
  const raw = fromHex(asHex(post.txbytes, `${place}.txbytes`));
  let logs: readonly Log[] = [];
  let refusal: string | undefined;
  try {
    const transaction = decode(raw, fork, rules.transactionTypes);
    const difference = describeDifference(transaction, asObject(test.transaction, place), post, place);
    if (difference !== undefined) return difference;
    const executor = createExecutor({ engine: await openEngine(engineName, fork, CHAIN_ID), rules });
    ({ logs } = await executor.execute(state, executionOf(transaction), block));
    if (exception !== undefined) refusal = `accepted; expected ${exception}`;
  } catch (error) {
    refusal = judgeRefusal(error, exception);
  }
  const problems = [refusal];
  const root = toHex(accountsRoot(state.root()));
  const expectedRoot = asHex(post.hash, `${place}.hash`);
  if (root !== expectedRoot) problems.push(`root ${root}, expected ${expectedRoot}`);
  const logsHash = hashLogs(logs);
  const expectedLogs = asHex(post.logs, `${place}.logs`);
  if (logsHash !== expectedLogs) problems.push(`logs hash ${logsHash}, expected ${expectedLogs}`);
  const found = problems.filter((problem) => problem !== undefined);
  return found.length === 0 ? undefined : found.join("; ");
}

/** Several cases of a file have the same bytes, and every engine runs them all. */
let decoded: { readonly key: string; readonly transaction: Transaction } | undefined;

function decode(raw: Uint8Array, fork: Fork, types: readonly Transaction["type"][]): Transaction {
  const key = `${fork} ${toHex(raw)}`;
  if (decoded?.key !== key) {
    decoded = { key, transaction: decodeTransaction(raw, { chainId: CHAIN_ID, fork, types }) };
  }
  return decoded.transaction;
}

function stateOf(pre: JsonObject, place: Place): State {
  const state = createState();
  for (const [address, value] of Object.entries(pre)) {
    const here = `${place}: pre.${address}`;
    const account = asObject(value, here);
    const name = asHex(address, here);
    state.setNonce(name, asInteger(account.nonce, `${here}.nonce`));
    state.setBalance(name, asInteger(account.balance, `${here}.balance`));
    state.setCode(name, fromHex(asHex(account.code, `${here}.code`)));
    for (const [slot, word] of Object.entries(asObject(account.storage, `${here}.storage`))) {
      const key = bigIntToWord(asInteger(slot, `${here}.storage`));
      state.setStorage(name, key, bigIntToBytes(asInteger(word, `${here}.storage.${slot}`)));
    }
  }
  return state;
}

function blockOf(env: JsonObject, fork: Fork, blobBaseFee: (excess: bigint) => bigint, place: Place): BlockContext {
  const number = (field: string, missing = 0n): bigint =>
    env[field] === undefined ? missing : asInteger(env[field], `${place}: env.${field}`);
  const isMerged = isAtLeast(fork, "paris");
  return {
    number: number("currentNumber"),
    timestamp: number("currentTimestamp"),
    coinbase: asHex(env.currentCoinbase, `${place}: env.currentCoinbase`),
    gasLimit: number("currentGasLimit"),
    baseFeePerGas: isAtLeast(fork, "london") ? number("currentBaseFee") : 0n,
    prevRandao: bigIntToWord(isMerged ? number("currentRandom") : number("currentDifficulty")),
    blobBaseFee: blobBaseFee(number("currentExcessBlobGas")),
    blockHash: (asked): Hash => keccak256Hex(new TextEncoder().encode(asked.toString())),
  };
}

function hashLogs(logs: readonly Log[]): Hash {
  const entries = logs.map(({ address, topics, data }) => ({
    encoded: encodeList([fromHex(address), { encoded: encodeList(topics.map(fromHex)) }, data]),
  }));
  return keccak256Hex(encodeList(entries));
}
