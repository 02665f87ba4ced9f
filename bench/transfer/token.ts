import { readFileSync } from "node:fs";
import { type Abi, type Address, encodeDeployData, encodeFunctionData, type Hex, padHex, toHex } from "viem";

const artifact: { readonly abi: Abi; readonly bytecode: Hex } = JSON.parse(
  readFileSync(new URL("../../artifacts/contracts/mocks/PlainToken.sol/PlainToken.json", import.meta.url), "utf8"),
);

/** Creation code of the token that every peer deploys. */
export const deployData: Hex = encodeDeployData({ ...artifact, args: [10n ** 24n] });

/** Calldata of the index-th transfer: one token unit to one of 500 recipients, so that most slots have been written before. */
export function transferData(index: number): Hex {
  return transferDataTo(padHex(toHex(0x1000 + (index % 500)), { size: 20 }));
}

/** Calldata of a transfer of one token unit. */
export function transferDataTo(to: Address): Hex {
  return encodeFunctionData({ abi: artifact.abi, functionName: "transfer", args: [to, 1n] });
}

/** How every peer is measured. */
export const plan = { warmUp: 1_500, steps: 1_500 } as const;
