import hre from "hardhat";
import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  getContractAddress,
  type Hex,
  type PublicClient,
  toFunctionSelector,
} from "viem";
import { storedOrder } from "../../test/fixtures/prepaid-cards.ts";
import { deployRedemptions } from "../../test/fixtures/redemptions.ts";
import { transferData } from "../transfer/token.ts";
import { type RecordedTransaction, replay } from "./replay.ts";
import type { Item, ItemName, Workload } from "./workload.ts";

/** Transfers go to this many recipients, so that most slots have been written before. */
const RECIPIENTS = 500;
/** Seconds between the last block of the setup and the calls that are measured. */
const LATER = 600;
/** How long the signed order holds: longer than any node's clock can run on. */
const FAR_DEADLINE = 2n ** 40n;
/** Repetitions within one message of a loop. */
const LOOP = 100;

const REPEAT = toFunctionSelector("repeat(uint256,address,bytes)");
const CREATION: Address = `0x${"0".repeat(40)}`;

/**
 * Deploys the prepaid code, a merchant with cards, and a token on Hardhat's own network, and takes from it the state and the messages that every
 * peer is measured with.
 */
export async function recordWorkload(): Promise<Workload> {
  const connection = await hre.network.create("edr");
  const shop = await deployRedemptions(connection);
  const { accounts, redemptions, sales, viem, visits, chainId } = shop;
  const from = lower(accounts.agent.address);
  const wallet = await viem.getWalletClient(accounts.agent.address);
  const token = await viem.deployContract("PlainToken", [10n ** 24n], { client: { wallet } });
  const speedProbe = await viem.deployContract("SpeedProbe");

  const entry = await shop.order(visits, { deadline: FAR_DEADLINE });
  const signature = await shop.signRedemption(accounts.consumer, entry);
  const record = [entry.card, entry.face, entry.listValue, entry.evidence] as const;
  const client = await viem.getPublicClient();
  const transactions = await minedIn(client);
  const largest = await largestCreation(client, transactions);

  /** An item whose messages are calls, repeated by sending them from within the probe. */
  const calls = (
    name: ItemName,
    title: string,
    to: Address | undefined,
    inputs: readonly Hex[],
    counts: { readonly slow: number; readonly fast: number },
  ): Item => {
    // What follows the count: the target, the offset of the bytes, then the bytes themselves.
    const encoded = encodeAbiParameters(
      [{ type: "uint256" }, { type: "address" }, { type: "bytes" }],
      [0n, to ?? CREATION, inputs[0] ?? "0x"],
    );
    const repeated = { selector: REPEAT, tail: `0x${encoded.slice(66)}` as const, ...counts };
    return { name, title, messageTitle: title, from, to, inputs, undone: name !== "transfer", repeated };
  };
  /** An item that is a loop of the probe. */
  const loop = (name: ItemName, title: string, signature: string, counts: { slow: number; fast: number }): Item => {
    const selector = toFunctionSelector(signature);
    const input: Hex = `${selector}${LOOP.toString(16).padStart(64, "0")}`;
    return {
      name,
      title: `${title}, a round`,
      messageTitle: `${title}, ${LOOP} rounds`,
      from,
      to: from,
      inputs: [input],
      undone: true,
      repeated: { selector, tail: "0x", ...counts },
    };
  };

  const items: readonly Item[] = [
    loop("keccak", "keccak loop", "hash(uint256)", { slow: 2_000, fast: 40_000 }),
    loop("arithmetic", "arithmetic loop", "calculate(uint256)", { slow: 5_000, fast: 100_000 }),
    calls(
      "transfer",
      "ERC-20 transfer",
      lower(token.address),
      Array.from({ length: RECIPIENTS }, (_, index) => transferData(index)),
      { slow: 50, fast: 1_000 },
    ),
    calls(
      "sale",
      "prepaid sale",
      lower(sales.address),
      [
        encodeFunctionData({
          abi: sales.abi,
          functionName: "sell",
          args: [shop.sale({ toCustody: 300_000n }), [storedOrder()]],
        }),
      ],
      { slow: 2, fast: 60 },
    ),
    calls(
      "redemption",
      "prepaid redemption",
      lower(redemptions.address),
      [encodeFunctionData({ abi: redemptions.abi, functionName: "record", args: record })],
      { slow: 4, fast: 120 },
    ),
    calls(
      "signed redemption",
      "prepaid redemption, signed by the holder",
      lower(redemptions.address),
      [
        encodeFunctionData({
          abi: redemptions.abi,
          functionName: "recordSigned",
          args: [...record, entry.nonce, entry.deadline, signature],
        }),
      ],
      { slow: 4, fast: 60 },
    ),
    calls("deploy", `deployment of ${largest.codeSize} bytes`, undefined, [largest.initCode], { slow: 4, fast: 40 }),
  ];

  const accountsLeft = await replay(BigInt(chainId), transactions);
  const code = (await client.getCode(speedProbe)) ?? "0x";
  const last = transactions.at(-1)?.timestamp ?? 0n;
  return {
    chainId,
    timestamp: Number(last) + LATER,
    // The agent is an account of its own; with the code of the probe it also sends its messages from within a call.
    accounts: accountsLeft.map((account) => (account.address === from ? { ...account, code } : account)),
    caller: lower(accounts.admin.address),
    probe: from,
    items,
  };
}

/** Every transaction of a network that mines each in a block of its own. */
async function minedIn(client: PublicClient): Promise<readonly RecordedTransaction[]> {
  const latest = await client.getBlockNumber();
  const recorded: RecordedTransaction[] = [];
  for (let blockNumber = 1n; blockNumber <= latest; blockNumber++) {
    const { transactions, timestamp, gasUsed } = await client.getBlock({ blockNumber, includeTransactions: true });
    for (const { from, to, value, input, gas } of transactions) {
      recorded.push({
        ...{ from: lower(from), to: to === null ? undefined : lower(to), value, data: input },
        ...{ gasLimit: gas, gasUsed, timestamp },
      });
    }
  }
  return recorded;
}

/** The creation that leaves most code behind. */
async function largestCreation(client: PublicClient, transactions: readonly RecordedTransaction[]) {
  let largest: { readonly initCode: Hex; readonly codeSize: number } = { initCode: "0x", codeSize: 0 };
  const nonces = new Map<Address, bigint>();
  for (const { from, to, data } of transactions) {
    const nonce = nonces.get(from) ?? 0n;
    nonces.set(from, nonce + 1n);
    if (to !== undefined) continue;
    const code = await client.getCode({ address: getContractAddress({ from, nonce }) });
    const codeSize = ((code?.length ?? 2) - 2) / 2;
    if (codeSize > largest.codeSize) largest = { initCode: data, codeSize };
  }
  return largest;
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
