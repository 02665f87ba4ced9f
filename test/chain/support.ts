import { type Address, type Chain, type ChainOptions, createCore, type Hex, type SubmitResult } from "@banyan/chain";
import { globalOptions } from "hardhat";
import { fromHex } from "../../chain/src/codec/hex.ts";

/** Bytes of a hexadecimal string with or without `0x`. */
export function bytes(hex: string): Uint8Array {
  return fromHex(`0x${hex.replace(/^0x/, "")}`);
}

/** A clock that only the test moves. Milliseconds. */
export interface TestClock {
  now: number;
}

/** A core whose time is the test's and whose timer fires by hand. */
export function testChain(options: ChainOptions = {}): { chain: Chain; clock: TestClock; fire: () => void } {
  const clock: TestClock = { now: 1_900_000_000_000 };
  let due: (() => void) | undefined;
  const chain = createCore({
    clock: () => clock.now,
    schedule: (callback) => {
      due = callback;
      return () => {
        due = undefined;
      };
    },
    // The same tests on the engine that ours is compared with: `--network ethereumjs`.
    ...(globalOptions.network === "ethereumjs" ? { engine: "ethereumjs" } : {}),
    ...options,
  });
  return { chain, clock, fire: () => due?.() };
}

/** The n-th unlocked account. */
export function account(chain: Chain, index: number): Address {
  const found = chain.accounts[index];
  if (found === undefined) throw new Error(`no account ${index}`);
  return found;
}

/** Init code that returns the given runtime code as it is. */
export function deployCode(runtime: string): Uint8Array {
  const length = (runtime.length / 2).toString(16).padStart(4, "0");
  // PUSH2 length, DUP1, PUSH1 10 (offset of the runtime), PUSH0, CODECOPY, PUSH0, RETURN
  return bytes(`61${length}80600a5f395ff3${runtime}`);
}

/** Deploys runtime code from account 0 and returns its address. */
export async function deploy(chain: Chain, runtime: string): Promise<Address> {
  const { receipt } = await chain.sendTransaction({
    from: account(chain, 0),
    data: deployCode(runtime),
    gasLimit: 5_000_000n,
  });
  if (receipt?.status !== 1 || receipt.contractAddress === undefined) throw new Error("deployment failed");
  return receipt.contractAddress;
}

/** The receipt of a transaction that must have been mined. */
export function mined(result: SubmitResult): NonNullable<SubmitResult["receipt"]> {
  if (result.receipt === undefined) throw new Error("not mined");
  return result.receipt;
}

/** The code of the ChainError a call ends with; "none" if it succeeds. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : `not a ChainError: ${String(error)}`;
  }
}

/** A 32-byte word of a number. */
export function word(value: bigint | number): Hex {
  return `0x${BigInt(value).toString(16).padStart(64, "0")}`;
}
