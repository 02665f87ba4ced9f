import hre from "hardhat";
import type { Address, Hex, TransactionReceipt } from "viem";
import { measure } from "../lib/measure.ts";
import { deployData, plan, transferData } from "./token.ts";

/**
 * Measures transfers through a Hardhat connection: what a test pays.
 *
 * @param network - the network's name in hardhat.config.ts
 * @returns milliseconds per transfer
 */
export async function measureThroughHardhat(network: string): Promise<number> {
  const { provider } = await hre.network.create(network);
  const [from] = (await provider.request({ method: "eth_accounts" })) as [Address];
  const hash = (await provider.request({
    method: "eth_sendTransaction",
    params: [{ from, data: deployData, gas: "0x200000" }],
  })) as Hex;
  const { contractAddress } = (await provider.request({
    method: "eth_getTransactionReceipt",
    params: [hash],
  })) as TransactionReceipt;
  return await measure(
    (index) =>
      provider.request({
        method: "eth_sendTransaction",
        params: [{ from, to: contractAddress, data: transferData(index), gas: "0x20000" }],
      }),
    plan,
  );
}
