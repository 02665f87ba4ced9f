// Prints what one expected failure takes of the processor, in microseconds over all threads, on the network given as first argument; the second one says which failure, the
// third one whether somebody reads the stack.
import { network } from "hardhat";
import { encodeFunctionData } from "viem";

const WARM_UP = 300;
const COUNT = 3_000;
const SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

const [networkName = "default", what = "custom error", reader = ""] = process.argv.slice(2);
const { provider, viem } = await network.create({ network: networkName });
const probe = await viem.deployContract("ChainProbe", [1n]);
const { abi } = probe;

const requests: Readonly<Record<string, { readonly method: string; readonly data: string; readonly gas?: string }>> = {
  "custom error": {
    method: "eth_sendTransaction",
    data: encodeFunctionData({ abi, functionName: "setValue", args: [2_000n] }),
    gas: "0x30000",
  },
  "custom error, not mined": {
    method: "eth_sendTransaction",
    data: encodeFunctionData({ abi, functionName: "setValue", args: [2_000n] }),
  },
  "reverted read": { method: "eth_call", data: encodeFunctionData({ abi, functionName: "failSilently" }) },
  "unknown selector": { method: "eth_call", data: "0x12345678" },
};
const request = requests[what];
if (request === undefined) throw new Error(`${what} is none of ${Object.keys(requests).join(", ")}`);
const { method, ...rest } = request;
const transaction = { from: SENDER, to: probe.address, ...rest };
const params = method === "eth_call" ? [transaction, "latest"] : [transaction];

async function fail(times: number): Promise<void> {
  let lines = 0;
  for (let i = 0; i < times; i++) {
    try {
      await provider.request({ method, params });
      throw new RangeError(`${what} succeeded`);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof RangeError) throw error;
      if (reader === "read") lines += error.stack?.includes("ChainProbe.sol") ? 1 : 0;
    }
  }
  if (reader === "read" && lines !== times) throw new Error("A stack names no Solidity line");
}

await fail(WARM_UP);
const start = process.cpuUsage();
await fail(COUNT);
const { user, system } = process.cpuUsage(start);
console.log((user + system) / COUNT);
