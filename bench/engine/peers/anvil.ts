import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, startAnvil } from "../../lib/start-server.ts";
import { measureNode } from "../measure-node.ts";
import { itemOf, readWorkload, type Workload } from "../workload.ts";

const [path = "", name = "", anvil = ""] = process.argv.slice(2);
const workload = readWorkload(path);
const folder = mkdtempSync(join(tmpdir(), "banyan-anvil-"));
const genesis = join(folder, "genesis.json");
writeFileSync(genesis, JSON.stringify(genesisOf(workload)));
const node = await startAnvil(anvil, [
  ...["--init", genesis, "--hardfork", "cancun", "--chain-id", String(workload.chainId)],
  ...["--timestamp", String(workload.timestamp), "--gas-limit", "1000000000000", "--memory-limit", "4294967295"],
  "--no-request-size-limit",
]);
try {
  const request = (method: string, params: readonly unknown[]) => ask(node.url, method, params);
  await measureNode(request, workload, itemOf(workload, name), "fast");
} finally {
  await node.stop();
  rmSync(folder, { recursive: true });
}

function genesisOf({ chainId, timestamp, accounts }: Workload): unknown {
  return {
    config: { chainId },
    nonce: "0x0",
    timestamp: `0x${timestamp.toString(16)}`,
    extraData: "0x",
    gasLimit: "0xe8d4a51000",
    difficulty: "0x0",
    mixHash: `0x${"0".repeat(64)}`,
    coinbase: `0x${"0".repeat(40)}`,
    alloc: Object.fromEntries(
      accounts.map(({ address, nonce, balance, code, storage }) => [
        address,
        {
          balance,
          nonce: `0x${nonce.toString(16)}`,
          ...(code === "0x" ? {} : { code }),
          ...(storage.length === 0 ? {} : { storage: Object.fromEntries(storage) }),
        },
      ]),
    ),
  };
}
