import { expect } from "chai";
import { network } from "hardhat";
import { bytesToBigInt, fromHex, toHex } from "../../../../chain/src/codec/hex.ts";
import type { Precompile } from "../../../../chain/src/engine/precompiles/precompile.ts";
import { precompilesOf } from "../../../../chain/src/engine/precompiles/precompiles-of.ts";
import { type Fork, isAtLeast } from "../../../../chain/src/rules/fork.ts";
import type { Address, Hex } from "../../../../chain/src/types.ts";
import { CONTEXT } from "./context.ts";

/** What a precompiled contract made of an input. */
export interface Outcome {
  readonly success: boolean;
  /** Gas it cost; a failure takes what it was given, so there is none to compare. */
  readonly gas: bigint | undefined;
  readonly data: Hex;
}

/** The precompiled contracts of Hardhat's own network (revm, written in Rust) at one fork. */
export interface EdrOracle {
  readonly fork: Fork;
  ask(address: Address, input: Uint8Array): Promise<Outcome>;
}

// Gas between the two GAS instructions of the probe, without the precompiled contract: what stands on the stack, then the call itself.
const STACK_GAS = 18n;
const CALL_GAS = { berlin: 100n, older: 700n };

/** Starts Hardhat's own network at a fork. */
export async function createEdrOracle(fork: Fork): Promise<EdrOracle> {
  const { provider } = await network.create({ network: "edr", override: { hardfork: fork } });
  const probes = new Map<Address, Address>();

  async function probeOf(address: Address): Promise<Address> {
    let probe = probes.get(address);
    if (probe === undefined) {
      probe = `0x${address.slice(-4).padStart(40, "f")}`;
      await provider.request({ method: "hardhat_setCode", params: [probe, probeCode(address)] });
      probes.set(address, probe);
    }
    return probe;
  }

  return {
    fork,
    async ask(address, input) {
      const to = await probeOf(address);
      const answer = (await provider.request({
        method: "eth_call",
        params: [{ to, data: toHex(input), gas: "0xf00000" }, "latest"],
      })) as Hex;
      const bytes = fromHex(answer);
      const success = bytes[31] === 1;
      const spent = bytesToBigInt(bytes.subarray(32, 64));
      const overhead = STACK_GAS + (isAtLeast(fork, "berlin") ? CALL_GAS.berlin : CALL_GAS.older);
      return { success, gas: success ? spent - overhead : undefined, data: toHex(bytes.subarray(64)) };
    },
  };
}

/** Code that calls a precompiled contract with its own call data, and returns success, gas and what came back. */
function probeCode(address: Address): Hex {
  const number = address.slice(-4);
  return `0x3660006000375a6000600036600061${number}5afa5a9060005290036020523d600060403e3d6040016000f3`;
}

/** What ours makes of an input, in the same words. */
export function runOurs(precompile: Precompile, input: Uint8Array): Outcome {
  const gas = precompile.gas(input);
  if (gas === undefined) return { success: false, gas: undefined, data: "0x" };
  const result = precompile.run(input, CONTEXT);
  return result.kind === "return"
    ? { success: true, gas: gas + (result.gasUsed ?? 0n), data: toHex(result.data) }
    : { success: false, gas: undefined, data: result.kind === "revert" ? toHex(result.data) : "0x" };
}

/** The precompiled contract of a fork by its number. */
export function precompileAt(fork: Fork, number: number): Precompile {
  const found = precompilesOf(fork).find(({ address }) => BigInt(address) === BigInt(number));
  if (found === undefined) throw new Error(`${fork} has no precompiled contract ${number}`);
  return found;
}

/** Runs an input on both and expects the same outcome. @returns the outcome */
export async function expectSame(oracle: EdrOracle, number: number, input: Uint8Array): Promise<Outcome> {
  const precompile = precompileAt(oracle.fork, number);
  const ours = runOurs(precompile, input);
  expect(ours, `${precompile.name} ${toHex(input)}`).to.deep.equal(await oracle.ask(precompile.address, input));
  return ours;
}
