import hre from "hardhat";
import { measureNode } from "../measure-node.ts";
import { itemOf, readWorkload } from "../workload.ts";

const [path = "", name = ""] = process.argv.slice(2);
const workload = readWorkload(path);
const { provider } = await hre.network.create({
  network: "edr",
  override: {
    chainId: workload.chainId,
    initialDate: new Date(workload.timestamp * 1000),
    blockGasLimit: 10 ** 12,
  },
});
const request = (method: string, params: readonly unknown[]): Promise<unknown> =>
  provider.request({ method, params: [...params] });
for (const { address, nonce, balance, code, storage } of workload.accounts) {
  await request("hardhat_setBalance", [address, balance]);
  if (nonce > 0) await request("hardhat_setNonce", [address, `0x${nonce.toString(16)}`]);
  if (code !== "0x") await request("hardhat_setCode", [address, code]);
  for (const [slot, value] of storage) {
    await request("hardhat_setStorageAt", [address, `0x${BigInt(slot).toString(16)}`, value]);
  }
}
await measureNode(request, workload, itemOf(workload, name), "slow");
