import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HardhatError } from "@nomicfoundation/hardhat-errors";
import {
  type DeploymentParameters,
  type IgnitionModule,
  type IgnitionModuleResult,
  trackTransaction,
} from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, type Hash, toHex } from "viem";
import type { RequestProvider } from "../app/signing-provider.ts";
import { BanyanError } from "../errors.ts";

/** What a module is deployed with. */
export interface DeployModuleOptions<contracts extends IgnitionModuleResult<string>> {
  readonly connection: NetworkConnection;
  readonly module: IgnitionModule<string, string, contracts>;
  readonly parameters: DeploymentParameters;
  /** The folder of this deployment's records; left out where the chain ends with the process. */
  readonly folder: string | undefined;
}

const { TRANSACTION_LOST } = HardhatError.ERRORS.IGNITION.EXECUTION;

/**
 * Deploys a module with Ignition and goes on where an earlier run stopped, also where that run was killed while it sent a transaction:
 * Ignition then does not know whether the chain has it, so it is looked for by its sender and nonce.
 *
 * Records of a chain that is gone (a node that was started anew with the same first block) are kept under another name.
 *
 * @param options - the connection, the module and where its records are
 * @returns the addresses by contract name
 * @throws BanyanError `DEPLOYMENT_PENDING` while such a transaction waits to be mined
 */
export async function deployModule<contracts extends IgnitionModuleResult<string>>({
  connection,
  module,
  parameters,
  folder,
}: DeployModuleOptions<contracts>): Promise<Readonly<Record<string, Address>>> {
  if (folder !== undefined) await setAsideOtherLife(folder, connection.provider);
  const deploymentId = folder?.split(/[/\\]/).at(-1);
  for (;;) {
    try {
      const deployed = await connection.ignition.deploy(module, {
        parameters,
        ...(deploymentId === undefined ? {} : { deploymentId }),
      });
      return Object.fromEntries(Object.entries(deployed).map(([name, { address }]) => [name, address]));
    } catch (error) {
      if (folder === undefined || !HardhatError.isHardhatError(error, TRANSACTION_LOST)) throw error;
      const { futureId, nonce, sender } = error.messageArguments;
      await recover(folder, connection, {
        futureId: String(futureId),
        nonce: Number(nonce),
        sender: String(sender),
      });
    }
  }
}

interface Lost {
  readonly futureId: string;
  readonly nonce: number;
  readonly sender: string;
}

/** Tells Ignition what became of a transaction that it was about to send. */
async function recover(folder: string, { provider }: NetworkConnection, lost: Lost): Promise<void> {
  const { sender, nonce } = lost;
  const next = await provider.request({ method: "eth_getTransactionCount", params: [sender, "pending"] });
  if (Number(next) <= nonce) {
    forget(join(folder, "journal.jsonl"), lost);
    return;
  }
  const hash = await findTransaction(provider, lost);
  if (hash !== undefined) {
    await trackTransaction(folder, hash, provider);
    return;
  }
  throw new BanyanError(
    "DEPLOYMENT_PENDING",
    {
      en: `transaction ${nonce} of ${sender} is not mined yet`,
      zh: `账户 ${sender} 的第 ${nonce} 号交易尚未出块`,
    },
    {
      cure: {
        en: "Run the same command again when the node has mined it.",
        zh: "请在节点出块后再次运行同一命令。",
      },
    },
  );
}

/** Takes the announcement of a transaction that never went out from Ignition's journal, so that it is sent. */
function forget(journal: string, { futureId, nonce }: Lost): void {
  const kept = readFileSync(journal, "utf8")
    .split("\n")
    .filter((line) => {
      if (!line.includes('"TRANSACTION_PREPARE_SEND"')) return true;
      const entry: Readonly<Record<string, unknown>> = JSON.parse(line);
      return entry.futureId !== futureId || entry.nonce !== nonce;
    });
  writeFileSync(journal, kept.join("\n"));
}

/** Looks for a transaction from the latest block backwards: it was sent just before the earlier run ended. */
async function findTransaction(provider: RequestProvider, { sender, nonce }: Lost): Promise<Hash | undefined> {
  const head = Number(await provider.request({ method: "eth_blockNumber" }));
  for (let number = head; number >= 0; number--) {
    const block = await provider.request({ method: "eth_getBlockByNumber", params: [toHex(number), true] });
    const { transactions }: { transactions: readonly { from: string; nonce: string; hash: Hash }[] } = Object(block);
    const found = transactions.find((tx) => tx.from === sender.toLowerCase() && Number(tx.nonce) === nonce);
    if (found !== undefined) return found.hash;
    // Nonces fall towards the past: an earlier one of the sender ends the search.
    if (transactions.some((tx) => tx.from === sender.toLowerCase() && Number(tx.nonce) < nonce)) return undefined;
  }
  return undefined;
}

async function setAsideOtherLife(folder: string, provider: RequestProvider): Promise<void> {
  const file = join(folder, "deployed_addresses.json");
  if (!existsSync(file)) return;
  const addresses: Readonly<Record<string, Address>> = JSON.parse(readFileSync(file, "utf8"));
  const [first] = Object.values(addresses);
  if (first === undefined || (await hasCode(provider, first))) return;
  rmSync(`${folder}.old`, { recursive: true, force: true });
  renameSync(folder, `${folder}.old`);
}

/** Whether a contract stands at an address. */
export async function hasCode(provider: RequestProvider, address: Address): Promise<boolean> {
  return (await provider.request({ method: "eth_getCode", params: [address, "latest"] })) !== "0x";
}
