import { expect } from "chai";
import type { Address, Hex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { deriveAccounts } from "../../../chain/src/crypto/accounts.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from "../../../chain/src/crypto/default-keys.ts";
import { accounts } from "../../../scripts/compare/accounts.ts";
import { differencesOf } from "../../../scripts/compare/differences.ts";
import { openPeer, type Peer } from "../../../scripts/compare/peers.ts";
import { answersOf } from "../../../scripts/compare/questions.ts";
import type { Played } from "../../../scripts/compare/scenario.ts";
import { caller, REVERTING } from "./contracts.ts";

const GENESIS_TIME = 1_900_000_000;
const GAS = 300_000n;
const NOBODY: Address = `0x${"0".repeat(40)}`;
/** Counts in slot 0 and returns the count. */
const COUNTER = "5f54600101805f555f5260205ff3";

const signers: readonly PrivateKeyAccount[] = deriveAccounts(DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, 4).map(
  ({ privateKey }) => privateKeyToAccount(toHex(privateKey)),
);

function signer(index: number): PrivateKeyAccount {
  const found = signers[index];
  if (found === undefined) throw new RangeError(`no account ${index}`);
  return found;
}

/**
 * Whether a part of an answer covers the hashes of earlier blocks, which a contract keeps since Prague (EIP-2935): they differ from genesis on.
 */
const depends = (place: string): boolean => place === ".stateRoot" || place.startsWith(".accountProof");

/** Plays transactions that set the code of accounts (EIP-7702), and others that run it, on a chain. */
async function play({ request }: Peer, authorized: string[]): Promise<Played> {
  const hashes: string[] = [];
  const contracts: string[] = [];

  async function send(fields: Record<string, unknown>): Promise<Record<string, unknown>> {
    const transaction = { from: accounts[0], gas: `0x${GAS.toString(16)}`, maxFeePerGas: "0xba43b7400", ...fields };
    // A failure that is mined is told as an error; what is compared is what became of it.
    const sent: unknown = await request("eth_sendTransaction", [transaction]).catch(() => undefined);
    const block = Object(await request("eth_getBlockByNumber", ["latest", false]));
    const hash = sent ?? block.transactions[0];
    hashes.push(String(hash));
    return Object(await request("eth_getTransactionReceipt", [hash]));
  }

  async function deploy(runtime: string): Promise<Address> {
    const size = (runtime.length / 2).toString(16).padStart(4, "0");
    const { contractAddress } = await send({ data: `0x61${size}80600a5f395ff3${runtime}` });
    contracts.push(String(contractAddress));
    return String(contractAddress) as Address;
  }

  /** One that account 1 sends and pays for, with authorizations that others signed. */
  async function sendAuthorized(
    list: readonly (readonly [who: number, to: Address, nonce: number])[],
    to: Address,
  ): Promise<void> {
    const nonce = Number(await request("eth_getTransactionCount", [accounts[1], "latest"]));
    const authorizationList = await Promise.all(
      list.map(([who, address, used]) => signer(who).signAuthorization({ address, chainId: 31_337, nonce: used })),
    );
    const raw: Hex = await signer(1).signTransaction({
      type: "eip7702",
      chainId: 31_337,
      nonce,
      gas: GAS,
      maxFeePerGas: 50_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
      to,
      data: "0x1234",
      authorizationList,
    });
    const sent: unknown = await request("eth_sendRawTransaction", [raw]).catch(() => undefined);
    const block = Object(await request("eth_getBlockByNumber", ["latest", false]));
    hashes.push(String(sent ?? block.transactions[0]));
    authorized.push(String(hashes.at(-1)));
  }

  const counter = await deploy(COUNTER);
  const reverting = await deploy(REVERTING);
  await sendAuthorized([[2, counter, 0]], accounts[2]);
  await send({ to: accounts[2], value: "0x5" });
  const outer = await deploy(caller(accounts[2], counter));
  await send({ to: outer, data: "0x01" });
  // Of two authorizations the second has another's nonce and counts for nothing; then to code that fails, and away again.
  await sendAuthorized(
    [
      [3, counter, 0],
      [2, counter, 7],
    ],
    accounts[3],
  );
  await sendAuthorized([[2, reverting, 1]], accounts[2]);
  await send({ to: outer });
  await sendAuthorized([[2, NOBODY, 2]], outer);
  return { hashes, contracts } as Played;
}

describe("traces of accounts with delegated code, beside Hardhat's own network", () => {
  it("given authorizations that are taken, refused, changed and withdrawn, all tracers and reads tell the same", async () => {
    const authorized: string[] = [];
    const [ours, theirs] = await Promise.all(
      (["banyan", "edr"] as const).map(async (name) => {
        const peer = await openPeer(name, { hardfork: "prague", genesisTime: GENESIS_TIME });
        try {
          return await answersOf(peer, await play(peer, authorized), "edr");
        } finally {
          await peer.close();
        }
      }),
    );
    expect(ours?.map(({ question }) => question)).to.deep.equal(theirs?.map(({ question }) => question));
    // Only a call of the contract that reverts is.
    const refused = ours?.filter(({ answer }) => Object(answer).refused === true).map(({ question }) => question);
    expect(refused?.map((question) => question.slice(0, 5))).to.deep.equal(["call:"]);
    for (const [index, { question, answer }] of (ours ?? []).entries()) {
      // Hardhat's network lists the receiver's delegate as it is after the authorizations, geth as before them.
      if (question.startsWith("prestateTracer:") && authorized.some((hash) => question.includes(hash))) continue;
      const differences = differencesOf(answer, theirs?.[index]?.answer);
      expect(
        differences.filter(({ place }) => !depends(place)),
        question,
      ).to.deep.equal([]);
    }
  });
});
