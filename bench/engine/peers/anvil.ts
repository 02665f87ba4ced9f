import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureNode } from "../measure-node.ts";
import { itemOf, readWorkload, type Workload } from "../workload.ts";

const [path = "", name = "", anvil = ""] = process.argv.slice(2);
const workload = readWorkload(path);
const port = await freePort();
const folder = mkdtempSync(join(tmpdir(), "banyan-anvil-"));
const genesis = join(folder, "genesis.json");
writeFileSync(genesis, JSON.stringify(genesisOf(workload)));
const child = spawn(
  anvil,
  [
    ...["--port", String(port), "--init", genesis, "--hardfork", "cancun", "--chain-id", String(workload.chainId)],
    ...["--timestamp", String(workload.timestamp), "--gas-limit", "1000000000000", "--memory-limit", "4294967295"],
    ...["--no-request-size-limit", "--quiet"],
  ],
  { stdio: "ignore" },
);
try {
  await listening();
  await measureNode(request, workload, itemOf(workload, name), "fast");
} finally {
  child.kill();
  rmSync(folder, { recursive: true });
}

async function request(method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer = (await response.json()) as {
    readonly result?: unknown;
    readonly error?: { readonly message: string };
  };
  if (answer.error !== undefined) throw new Error(`Anvil: ${answer.error.message}`);
  return answer.result;
}

async function listening(): Promise<void> {
  const end = performance.now() + 20_000;
  for (;;) {
    try {
      await request("eth_chainId", []);
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("No port is free"));
      });
    });
  });
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
