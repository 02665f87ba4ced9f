import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Address, Hash } from "@banyan/chain";
import { createVerifier, openChainData, type Verifier } from "@banyan/chain/data";
import { fromHex, toHex } from "../../chain/src/codec/hex.ts";
import { deriveAccounts, type KeyedAccount } from "../../chain/src/crypto/accounts.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from "../../chain/src/crypto/default-keys.ts";
import { signTransaction } from "../../chain/src/pool/transaction-codec.ts";

/** How nodes are killed. */
export interface KillOptions {
  readonly folder: string;
  readonly rounds: number;
  /** The same seed draws the same sizes and pauses; the system's timing remains. */
  readonly seed: number;
  readonly onRound?: (round: number, acknowledged: number, blocks: number) => void;
}

/** What was lost, if anything. */
export interface KillResult {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly blocks: number;
  /** Transactions that were acknowledged and are not there. */
  readonly missing: readonly Hash[];
  /** Balances that were set, acknowledged, and are not there. */
  readonly missingEdits: number;
}

interface Node {
  readonly url: string;
  readonly process: ChildProcess;
}

const SERVE = fileURLToPath(new URL("./serve.ts", import.meta.url));
const SENDERS = 4;
const MOST_IN_BATCH = 60;
/** Milliseconds from the first acknowledgement to the kill, and to the first acknowledgement, at most. */
const LONGEST_PAUSE = 300;
const PATIENCE = 20_000;

async function startNode(folder: string): Promise<Node> {
  const child = spawn(process.execPath, [SERVE, folder], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  for await (const line of createInterface(child.stdout)) {
    const { url } = Object(JSON.parse(line));
    return { url: String(url), process: child };
  }
  throw new Error(`the node did not start: ${errors}`);
}

async function ask(
  url: string,
  requests: readonly { method: string; params: readonly unknown[] }[],
): Promise<unknown[]> {
  const body = requests.map((request, id) => ({ jsonrpc: "2.0", id, ...request }));
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const answers: unknown = await response.json();
  return Array.isArray(answers) ? answers.map((answer) => Object(answer).result) : [];
}

/**
 * Kills a node again and again while clients send it batches of signed transfers and set balances; after each time looks for everything that
 * was acknowledged, executes the new blocks again and compares every root.
 */
export async function killRounds({ folder, rounds, seed, onRound = () => {} }: KillOptions): Promise<KillResult> {
  const accounts = deriveAccounts(DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, SENDERS);
  const missing: Hash[] = [];
  let missingEdits = 0;
  let acknowledged = 0;
  let verified = 0;
  let verifier: Verifier | undefined;
  // Whoever goes on with the folder finds a balance too, whether a block took it in or not.
  let promised: { edited: Address; balance: bigint } = { edited: `0x${"0".repeat(40)}`, balance: 0n };
  let state = seed;
  const draw = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % limit;
  };

  for (let round = 1; round <= rounds; round++) {
    const node = await startNode(folder);
    const { edited: before, balance: promisedBalance } = promised;
    const [found] = await ask(node.url, [{ method: "eth_getBalance", params: [before, "latest"] }]);
    if (BigInt(String(found)) < promisedBalance) missingEdits++;
    const hashes: Hash[] = [];
    const edited: Address = `0x${round.toString(16).padStart(40, "e")}`;
    let balance = 0n;
    let dead = false;
    const exited = once(node.process, "exit");

    async function send({ address, privateKey }: KeyedAccount): Promise<void> {
      const [count] = await ask(node.url, [{ method: "eth_getTransactionCount", params: [address, "pending"] }]);
      let nonce = BigInt(String(count));
      while (!dead) {
        const raws = Array.from({ length: 1 + draw(MOST_IN_BATCH) }, () => {
          const to: Address = `0x${(0x10000 + draw(5_000)).toString(16).padStart(40, "0")}`;
          const fees = { maxFeePerGas: 10_000_000_000n, maxPriorityFeePerGas: 1n };
          const common = { type: 2, chainId: 31_337n, gasLimit: 21_000n, value: 1n, accessList: [] } as const;
          return signTransaction(
            { ...common, ...fees, nonce: nonce++, to, data: new Uint8Array(0) },
            address,
            privateKey,
          );
        });
        const requests = raws.map(({ raw }) => ({ method: "eth_sendRawTransaction", params: [toHex(raw)] }));
        const answers = await ask(node.url, requests);
        for (const [index, { hash }] of raws.entries()) if (answers[index] === hash) hashes.push(hash);
      }
    }

    async function edit(): Promise<void> {
      for (let value = 1n; !dead; value++) {
        await ask(node.url, [{ method: "hardhat_setBalance", params: [edited, `0x${value.toString(16)}`] }]);
        balance = value;
      }
    }

    // A client whose node dies has nothing more to do.
    const clients = [...accounts.map(send), edit()].map((client) => client.catch(() => {}));
    // A busy machine takes its time to get going; nothing is at stake before that.
    for (let waited = 0; hashes.length === 0 && waited < PATIENCE; waited += 5)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, draw(LONGEST_PAUSE)));
    node.process.kill("SIGKILL");
    dead = true;
    await Promise.all([exited, ...clients]);
    acknowledged += hashes.length;

    const data = openChainData(folder, { existing: true });
    try {
      const { tables, settings } = data;
      for (const hash of hashes) if (tables.transactions.get(fromHex(hash)) === undefined) missing.push(hash);
      verifier ??= createVerifier(settings ?? {});
      const [last = Buffer.alloc(4)] = [...tables.blocks.getKeys({ reverse: true, limit: 1 })];
      for (const head = Buffer.from(last).readUInt32BE(); verified <= head; verified++) await verifier.next(tables);
      verifier.checkState(tables);
    } finally {
      await data.close();
    }
    promised = { edited, balance };
    onRound(round, acknowledged, verified);
  }
  return { rounds, acknowledged, blocks: verified, missing, missingEdits };
}
