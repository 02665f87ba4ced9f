import { toHex } from "../../codec/hex.ts";
import { haltWords } from "../halt-words.ts";
import { describePanic } from "../panic-reasons.ts";
import { panicCodeOf, reasonOf } from "./revert-data.ts";
import type { StackEntry } from "./stack-entry.ts";

const PREFIX = "VM Exception while processing transaction:";
const WITHOUT_REASON = "Transaction reverted without a reason string";

type EntryOf<K extends StackEntry["kind"]> = Extract<StackEntry, { kind: K }>;

/** Tools look for these texts: they are those of Hardhat's network. */
const messages: { readonly [K in StackEntry["kind"]]: (entry: EntryOf<K>) => string | undefined } = {
  call: () => undefined,
  "internal-call": () => undefined,
  "unrecognized-contract-call": () => undefined,
  "unrecognized-create-call": () => undefined,
  revert: ({ returnData, isInvalidOpcode }) => reasonMessage(returnData) ?? silentMessage(isInvalidOpcode),
  "custom-error": ({ error, returnData }) =>
    error === undefined ? unknownErrorMessage(returnData) : `${PREFIX} reverted with custom error '${error}'`,
  panic: ({ code }) => `${PREFIX} ${describePanic(code)}`,
  "function-not-payable": ({ value }) => `Transaction reverted: non-payable function was called with value ${value}`,
  "fallback-not-payable": ({ value }) =>
    `Transaction reverted: fallback function is not payable and was called with value ${value}`,
  "fallback-not-payable-and-no-receive": ({ value }) =>
    `Transaction reverted: there's no receive function, fallback function is not payable and was called with value ${value}`,
  "invalid-parameters": () => "Transaction reverted: function was called with incorrect parameters",
  "unrecognized-function": () =>
    "Transaction reverted: function selector was not recognized and there's no fallback function",
  "missing-fallback-or-receive": () =>
    "Transaction reverted: function selector was not recognized and there's no fallback nor receive function",
  "return-data-size": () => "Transaction reverted: function returned an unexpected amount of data",
  "non-contract-called": () => "Transaction reverted: function call to a non-contract account",
  "call-failed": () => "Transaction reverted: function call failed to execute",
  "direct-library-call": () => "Transaction reverted: library was called directly",
  "contract-too-large": () => "Transaction reverted: trying to deploy a contract whose code is too large",
  "call-ran-out-of-gas": () => "Transaction reverted: contract call run out of gas and made the transaction revert",
  "unmapped-revert": () =>
    "Transaction reverted without a reason string and without a valid sourcemap provided by the compiler. Some line numbers may be off. We strongly recommend upgrading solc and always using revert reasons.",
  other: ({ haltReason }) =>
    haltReason === undefined || haltReason === "revert"
      ? "Transaction reverted and Hardhat couldn't infer the reason."
      : haltWords[haltReason],
  precompile: ({ number }) => `Transaction reverted: call to precompile ${number} failed`,
  "unrecognized-contract": (entry) => unknownMessage(entry),
  "unrecognized-create": (entry) => unknownMessage(entry),
};

function reasonMessage(returnData: Uint8Array): string | undefined {
  const reason = reasonOf(returnData);
  return reason === undefined ? undefined : `${PREFIX} reverted with reason string '${reason}'`;
}

function unknownErrorMessage(returnData: Uint8Array): string {
  return `${PREFIX} reverted with an unrecognized custom error (return data: ${toHex(returnData)})`;
}

function silentMessage(isInvalidOpcode: boolean): string {
  return isInvalidOpcode ? `${PREFIX} invalid opcode` : WITHOUT_REASON;
}

function unknownMessage({
  returnData,
  isInvalidOpcode,
}: EntryOf<"unrecognized-contract" | "unrecognized-create">): string {
  const reason = reasonMessage(returnData);
  if (reason !== undefined) return reason;
  const panic = panicCodeOf(returnData);
  if (panic !== undefined) return `${PREFIX} ${describePanic(panic)}`;
  if (returnData.length === 0) return silentMessage(isInvalidOpcode);
  return unknownErrorMessage(returnData);
}

/**
 * The words for what went wrong, by the last entry of a stack trace.
 * @returns `undefined` if the entry only says how the execution got there
 */
export function stackMessage<K extends StackEntry["kind"]>(entry: EntryOf<K>): string | undefined {
  return messages[entry.kind](entry);
}
