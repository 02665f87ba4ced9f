import { expect } from "chai";
import { type Abi, type ContractErrorArgs, type ContractErrorName, decodeErrorResult, type Hex, isHex } from "viem";
import { normalise } from "./normalise.ts";

const PANIC = [{ type: "error", name: "Panic", inputs: [{ name: "code", type: "uint256" }] }] as const;

/**
 * Expects a call or transaction to revert with one custom error and exactly these arguments.
 *
 * @param action - The pending call, transaction or deployment.
 * @param contract - The contract whose ABI declares the error.
 * @param errorName - The error.
 * @param args - Its arguments, in order; `[]` where it has none.
 */
export async function expectRevert<const TAbi extends Abi, TName extends ContractErrorName<TAbi>>(
  action: Promise<unknown>,
  contract: { readonly abi: TAbi },
  errorName: TName,
  args: ContractErrorArgs<TAbi, TName>,
): Promise<void> {
  const data = await revertData(action, errorName);
  const abi: Abi = contract.abi;
  const known = [...abi, ...PANIC];
  const error = decodeErrorResult({ abi: known, data });
  expect(error.errorName).to.equal(errorName);
  expect(normalise(error.args ?? [])).to.deep.equal(normalise(args));
}

/**
 * Expects a call or transaction to end in a Solidity panic.
 *
 * @param action - The pending call, transaction or deployment.
 * @param code - The panic's code: `0x11n` for an overflow, `0x12n` for a division by zero.
 */
export async function expectPanic(action: Promise<unknown>, code: bigint): Promise<void> {
  const data = await revertData(action, `Panic(${code})`);
  expect(decodeErrorResult({ abi: PANIC, data }).args).to.deep.equal([code]);
}

/**
 * Waits for a call or transaction and returns the revert data that the network sent with its failure.
 *
 * @param action - The pending call, transaction or deployment.
 * @returns The revert data, `undefined` where it succeeded.
 * @throws When it failed without revert data.
 */
export async function revertDataOf(action: Promise<unknown>): Promise<Hex | undefined> {
  let failure: unknown;
  try {
    await action;
  } catch (error) {
    failure = error;
  }
  if (failure === undefined) return undefined;
  const data = findData(failure);
  if (data === undefined) throw new Error("Expected a revert, got a failure without revert data", { cause: failure });
  return data;
}

async function revertData(action: Promise<unknown>, expected: string): Promise<Hex> {
  const data = await revertDataOf(action);
  if (data === undefined) throw new Error(`Expected a revert with ${expected}, and nothing failed`);
  return data;
}

/** Follows the causes of an error down to the first revert data: at least a selector. */
function findData(error: unknown): Hex | undefined {
  for (let at: unknown = error; isRecord(at); at = at.cause) {
    const { data } = at;
    const found = isRecord(data) ? data.data : data;
    if (isHex(found) && found.length >= 10) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
