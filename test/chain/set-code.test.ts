import type { Address, Authorization, Chain } from "@banyan/chain";
import { expect } from "chai";
import { serializeTransaction } from "viem";
import { signAuthorization } from "viem/accounts";
import { toHex } from "../../chain/src/codec/hex.ts";
import { encodeList } from "../../chain/src/codec/rlp.ts";
import { keccak256 } from "../../chain/src/crypto/keccak.ts";
import { sign } from "../../chain/src/crypto/secp256k1.ts";
import { account, bytes, codeOf, deploy, mined, testChain, word } from "./support.ts";

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const GAS = 1_000_000n;
/** Counts in slot 0 and returns the count. */
const COUNTER = "5f54600101805f555f5260205ff3";

const pragueChain = (): Chain => testChain({ hardfork: "prague", engine: "machine" }).chain;

/** Leave of an unlocked account to set its code. */
async function authorize(
  chain: Chain,
  index: number,
  to: Address,
  changes: { readonly nonce?: bigint; readonly chainId?: bigint } = {},
): Promise<Authorization> {
  const authority = account(chain, index);
  const signed = await signAuthorization({
    privateKey: toHex(chain.privateKeyOf(authority) ?? new Uint8Array(32)),
    address: to,
    chainId: Number(changes.chainId ?? 31_337n),
    nonce: Number(changes.nonce ?? (await chain.getNonce(authority))),
  });
  return {
    chainId: BigInt(signed.chainId),
    address: to,
    nonce: BigInt(signed.nonce),
    yParity: BigInt(signed.yParity ?? 0),
    r: BigInt(signed.r),
    s: BigInt(signed.s),
  };
}

/** Sends authorizations in a transaction to an account that has nothing to run. */
async function submit(chain: Chain, authorizationList: readonly Authorization[], to: Address = account(chain, 9)) {
  return mined(await chain.sendTransaction({ from: account(chain, 0), to, gasLimit: GAS, authorizationList }));
}

describe("Transactions that set code (EIP-7702)", () => {
  it("refuses them before Prague, as creations and without authorization", async () => {
    const chain = pragueChain();
    const [from, to] = [account(chain, 0), account(chain, 1)];
    const authorizationList = [await authorize(chain, 1, to)];
    const old = testChain({ hardfork: "cancun" }).chain;
    expect(await codeOf(() => old.sendTransaction({ from, to, authorizationList }))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(await codeOf(() => old.call({ from, to, authorizationList }))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(await codeOf(() => chain.sendTransaction({ from, authorizationList }))).to.equal(
      "TX_AUTHORIZATIONS_CREATION",
    );
    expect(await codeOf(() => chain.sendTransaction({ from, to, authorizationList: [] }))).to.equal(
      "TX_AUTHORIZATIONS_EMPTY",
    );
    const few = { from, to, authorizationList, gasLimit: 45_999n };
    expect(await codeOf(() => chain.sendTransaction(few))).to.equal("TX_GAS_BELOW_INTRINSIC");
  });

  it("refuses raw ones that are signed for another chain, malformed, or before Prague", async () => {
    const chain = pragueChain();
    const raw = (chainId: number) => {
      const authorization = { chainId, address: account(chain, 2), nonce: 0, yParity: 0, r: word(1), s: word(1) };
      const unsigned = {
        type: "eip7702",
        chainId,
        nonce: 0,
        gas: GAS,
        maxFeePerGas: 10n ** 10n,
        to: account(chain, 9),
        authorizationList: [authorization],
      } as const;
      const key = chain.privateKeyOf(account(chain, 0)) ?? new Uint8Array(32);
      const { r, s, yParity } = sign(keccak256(bytes(serializeTransaction(unsigned))), key);
      return bytes(serializeTransaction(unsigned, { r: word(r), s: word(s), yParity }));
    };
    expect(await codeOf(() => chain.sendRawTransaction(raw(1)))).to.equal("TX_CHAIN_ID");
    const none = new Uint8Array(0);
    const address = bytes("cc".repeat(20));
    const withAuthorization = (...fields: readonly (Uint8Array | bigint)[]) => {
      const list = { encoded: encodeList([{ encoded: encodeList(fields) }]) };
      const empty = { encoded: encodeList([]) };
      return encodeList([31_337n, 0n, 0n, 1n, GAS, address, 0n, none, empty, list, 0n, 1n, 1n], 4);
    };
    for (const wrong of [
      withAuthorization(1n, address, 0n, 0n, 1n),
      withAuthorization(1n, address.subarray(1), 0n, 0n, 1n, 1n),
      withAuthorization(1n, none, 0n, 0n, 1n, 1n),
      withAuthorization(1n, address, 2n ** 64n, 0n, 1n, 1n),
      withAuthorization(1n, address, 0n, 256n, 1n, 1n),
    ])
      expect(await codeOf(() => chain.sendRawTransaction(wrong))).to.equal("TX_MALFORMED");
    const old = testChain({ hardfork: "cancun" }).chain;
    expect(await codeOf(() => old.sendRawTransaction(raw(31_337)))).to.equal("TX_TYPE_UNSUPPORTED");
    const { transaction } = mined(await chain.sendRawTransaction(raw(31_337)));
    expect(transaction).to.include({ type: 4, from: account(chain, 0) });
    expect(transaction.authorizationList).to.have.length(1);
  });

  it("given leave, the account runs the other's code with its own storage, and may still send", async () => {
    const chain = pragueChain();
    const counter = await deploy(chain, COUNTER);
    const authority = account(chain, 1);
    await submit(chain, [await authorize(chain, 1, counter)], authority);
    expect(toHex(await chain.getCode(authority))).to.equal(`0xef0100${counter.slice(2)}`);
    expect(await chain.getNonce(authority)).to.equal(1n);
    expect(await chain.getStorageAt(authority, word(0))).to.equal(word(1));
    expect(await chain.getStorageAt(counter, word(0))).to.equal(word(0));
    const { returnData } = await chain.call({ from: account(chain, 2), to: authority });
    expect(toHex(returnData)).to.equal(word(2));
    mined(await chain.sendTransaction({ from: authority, to: account(chain, 3), value: 1n }));
    expect(await chain.getNonce(authority)).to.equal(2n);
  });

  it("given the zero address, the delegation ends", async () => {
    const chain = pragueChain();
    await submit(chain, [await authorize(chain, 1, "0x00000000000000000000000000000000000000cc")]);
    await submit(chain, [await authorize(chain, 1, "0x0000000000000000000000000000000000000000")]);
    expect(await chain.getCode(account(chain, 1))).to.have.length(0);
    expect(await chain.getNonce(account(chain, 1))).to.equal(2n);
  });

  it("passes over what does not hold: chain, nonce, signature, an account with code", async () => {
    const chain = pragueChain();
    const authority = account(chain, 1);
    const target: Address = "0x00000000000000000000000000000000000000cc";
    const good = await authorize(chain, 1, target);
    const spoiled: readonly Authorization[] = [
      await authorize(chain, 1, target, { chainId: 1n }),
      await authorize(chain, 1, target, { nonce: 1n }),
      { ...good, nonce: 2n ** 64n - 1n },
      { ...good, yParity: 2n },
      { ...good, r: 0n },
      { ...good, s: 0n },
      { ...good, s: HALF_ORDER + 1n },
    ];
    for (const [index, one] of spoiled.entries()) {
      const { status } = await submit(chain, [one]);
      expect([status, await chain.getNonce(authority)], `${index}`).to.deep.equal([1, 0n]);
    }
    await chain.setCode(authority, bytes("00"));
    await submit(chain, [good]);
    expect(toHex(await chain.getCode(authority))).to.equal("0x00");
    await chain.setCode(authority, bytes(""));
    await submit(chain, [await authorize(chain, 1, target, { chainId: 0n })]);
    expect(await chain.getNonce(authority)).to.equal(1n);
  });

  it("costs 25,000 for each, of which 12,500 come back for an account that is there", async () => {
    const chain = pragueChain();
    const target: Address = "0x00000000000000000000000000000000000000cc";
    const { gasUsed } = await submit(chain, [await authorize(chain, 1, target)]);
    // At most a fifth is given back (EIP-3529).
    expect(gasUsed).to.equal(46_000n - 9_200n);
    await chain.setBalance(account(chain, 2), 0n);
    expect((await submit(chain, [await authorize(chain, 2, target)])).gasUsed).to.equal(46_000n);
  });

  it("keeps the delegation when the transaction fails", async () => {
    const chain = pragueChain();
    const failing = await deploy(chain, "5f5ffd");
    const authority = account(chain, 1);
    const { status } = await submit(chain, [await authorize(chain, 1, failing)], authority);
    expect(status).to.equal(0);
    expect(toHex(await chain.getCode(authority))).to.equal(`0xef0100${failing.slice(2)}`);
  });

  it("given a failure in delegated code, what is recorded is the code that ran", async () => {
    const chain = pragueChain();
    const failing = await deploy(chain, "5f5ffd");
    const [from, authority] = [account(chain, 0), account(chain, 1)];
    await submit(chain, [await authorize(chain, 1, failing)]);
    chain.recordFailures(true);
    const { record } = await chain.sendTransaction({ from, to: authority, gasLimit: GAS });
    expect(record?.codeAddress).to.equal(authority);
    expect(toHex(record?.code ?? new Uint8Array(0))).to.equal("0x5f5ffd");
  });

  it("given a call or an estimate with authorizations, they hold for it alone", async () => {
    const chain = pragueChain();
    const counter = await deploy(chain, COUNTER);
    const [from, authority] = [account(chain, 0), account(chain, 1)];
    const request = { from, to: authority, authorizationList: [await authorize(chain, 1, counter)] };
    expect(toHex((await chain.call(request)).returnData)).to.equal(word(1));
    const estimate = await chain.estimateGas(request);
    expect(estimate.success && estimate.gasLimit > 66_000n).to.equal(true);
    expect(await chain.getCode(authority)).to.have.length(0);
  });

  it("given a delegation to a precompiled contract, to itself or to another delegation, runs what lies there", async () => {
    const chain = pragueChain();
    const from = account(chain, 0);
    const run = async (index: number) => {
      const { success, haltReason, returnData } = await chain.call({
        from,
        to: account(chain, index),
        data: bytes("aa"),
      });
      return [success, haltReason, toHex(returnData)];
    };
    await submit(chain, [await authorize(chain, 1, "0x0000000000000000000000000000000000000004")]);
    expect(await run(1)).to.deep.equal([true, undefined, "0x"]);
    await submit(chain, [await authorize(chain, 2, account(chain, 2))]);
    expect(await run(2)).to.deep.equal([false, "invalid-opcode", "0x"]);
    await submit(chain, [await authorize(chain, 3, account(chain, 2))]);
    expect(await run(3)).to.deep.equal([false, "invalid-opcode", "0x"]);
  });
});
