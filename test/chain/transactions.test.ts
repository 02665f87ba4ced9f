import type { Chain, Hex } from "@banyan/chain";
import { TransactionFactory } from "@nomicfoundation/ethereumjs-tx";
import { expect } from "chai";
import { bytesToHex, hexToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { toHex } from "../../chain/src/codec/hex.ts";
import { encodeList } from "../../chain/src/codec/rlp.ts";
import { stockCommon } from "./stock-vm.ts";
import { account, bytes, codeOf, deploy, deployCode, mined, testChain, word } from "./support.ts";

/** viem's account for one of the chain's keys: an independent signer. */
function signer(chain: Chain, index: number): ReturnType<typeof privateKeyToAccount> {
  return privateKeyToAccount(bytesToHex(chain.privateKeyOf(account(chain, index)) ?? new Uint8Array(32)));
}

const gwei = 10n ** 9n;
const fees = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei };

describe("Transactions", () => {
  it("given transactions signed by viem, all three types are accepted with their sender and hash", async () => {
    const { chain } = testChain();
    const from = signer(chain, 2);
    const to = account(chain, 1);
    const accessList = [{ address: to, storageKeys: [word(1), word(2)] }];
    const common = { chainId: 31_337, to, gas: 60_000n, value: 3n, data: "0x0102" } as const;
    const signed = [
      await from.signTransaction({ ...common, type: "legacy", nonce: 0, gasPrice: 3n * gwei }),
      await from.signTransaction({ ...common, type: "eip2930", nonce: 1, gasPrice: 3n * gwei, accessList }),
      await from.signTransaction({ ...common, type: "eip1559", nonce: 2, ...fees, accessList }),
    ];
    for (const [type, raw] of signed.entries()) {
      const { transaction, gasUsed, status } = mined(await chain.sendRawTransaction(hexToBytes(raw)));
      expect(transaction).to.include({
        type,
        from: account(chain, 2),
        to,
        value: 3n,
        nonce: BigInt(type),
        chainId: 31_337n,
        impersonated: false,
      });
      expect(transaction.hash).to.equal(
        toHex(TransactionFactory.fromSerializedData(hexToBytes(raw), { common: stockCommon }).hash()),
      );
      expect(transaction.accessList).to.deep.equal(type === 0 ? [] : accessList);
      // 21,000 + two non-zero bytes; the list costs 2,400 + 2 x 1,900.
      expect(gasUsed).to.equal(21_032n + (type === 0 ? 0n : 6_200n));
      expect(status).to.equal(1);
    }
  });

  it("given an unlocked account, what the chain signs is what ethereumjs accepts", async () => {
    const { chain } = testChain();
    for (const request of [{ gasPrice: 3n * gwei }, { gasPrice: 3n * gwei, accessList: [] }, fees]) {
      const { transaction } = mined(
        await chain.sendTransaction({ from: account(chain, 4), to: account(chain, 1), ...request }),
      );
      const stock = TransactionFactory.fromSerializedData(transaction.raw, { common: stockCommon });
      expect(stock.isValid()).to.equal(true);
      expect(stock.getSenderAddress().toString()).to.equal(account(chain, 4));
      expect(toHex(stock.hash())).to.equal(transaction.hash);
    }
  });

  it("refuses what is no transaction, by code, and mines nothing", async () => {
    const { chain } = testChain();
    const from = signer(chain, 0);
    const request = {
      chainId: 31_337,
      to: account(chain, 1),
      gas: 21_000n,
      nonce: 0,
      type: "eip1559",
      ...fees,
    } as const;
    const raw = async (changes: object): Promise<Uint8Array> =>
      hexToBytes(await from.signTransaction({ ...request, ...changes }));
    const refusal = async (one: Uint8Array): Promise<string> => codeOf(() => chain.sendRawTransaction(one));
    const good = await raw({});

    expect(await refusal(new Uint8Array(0))).to.equal("TX_MALFORMED");
    expect(await refusal(good.subarray(0, good.length - 1))).to.equal("TX_MALFORMED");
    expect(await refusal(encodeList([1n, 2n]))).to.equal("TX_MALFORMED");
    expect(
      await refusal(
        encodeList(
          [
            31_337n,
            new Uint8Array([0, 1]),
            gwei,
            gwei,
            21_000n,
            bytes("aa".repeat(20)),
            0n,
            new Uint8Array(0),
            { encoded: encodeList([]) },
            0n,
            1n,
            1n,
          ],
          2,
        ),
      ),
    ).to.equal("TX_MALFORMED");
    expect(await refusal(Uint8Array.of(4, 0xc0))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(await refusal(Uint8Array.of(0x7f, 0xc0))).to.equal("TX_TYPE_UNSUPPORTED");
    expect(await refusal(await raw({ chainId: 1 }))).to.equal("TX_CHAIN_ID");
    const highS = encodeList(
      [
        31_337n,
        0n,
        gwei,
        3n * gwei,
        21_000n,
        bytes("aa".repeat(20)),
        0n,
        new Uint8Array(0),
        { encoded: encodeList([]) },
        0n,
        1n,
        2n ** 256n - 2n ** 200n,
      ],
      2,
    );
    expect(await refusal(highS)).to.equal("TX_SIGNATURE");
    expect(await refusal(await raw({ gas: 20_999n }))).to.equal("TX_GAS_BELOW_INTRINSIC");
    expect(await refusal(await raw({ gas: 60_000_001n }))).to.equal("TX_GAS_ABOVE_BLOCK_LIMIT");
    expect(await refusal(await raw({ nonce: 1 }))).to.equal("TX_NONCE_TOO_HIGH");
    expect(await refusal(await raw({ maxFeePerGas: 5n, maxPriorityFeePerGas: 5n }))).to.equal(
      "TX_FEE_CAP_BELOW_BASE_FEE",
    );
    expect(await refusal(await raw({ value: 10_000n * 10n ** 18n }))).to.equal("TX_INSUFFICIENT_FUNDS");
    expect(
      await codeOf(() =>
        chain.sendTransaction({
          from: account(chain, 0),
          to: account(chain, 1),
          maxFeePerGas: 5n * gwei,
          maxPriorityFeePerGas: 6n * gwei,
        }),
      ),
    ).to.equal("TX_TIP_ABOVE_FEE_CAP");
    expect(
      await codeOf(() => chain.sendTransaction({ from: account(chain, 0), data: new Uint8Array(49_153) })),
    ).to.equal("TX_INITCODE_TOO_LARGE");
    expect(
      await codeOf(() => chain.sendTransaction({ from: account(chain, 0), to: account(chain, 1), chainId: 5n })),
    ).to.equal("TX_CHAIN_ID");
    expect(await codeOf(() => chain.sendTransaction({ from: "0x00000000000000000000000000000000000000dd" }))).to.equal(
      "ACCOUNT_UNKNOWN",
    );
    await chain.setMinGasPrice(2n * gwei);
    expect(await refusal(good)).to.equal("TX_UNDERPRICED");
    await chain.setMinGasPrice(0n);
    expect(chain.latestBlock().header.number).to.equal(0n);

    expect(await refusal(good)).to.equal("none");
    expect(await refusal(good)).to.equal("TX_ALREADY_KNOWN");
    expect(await refusal(await raw({ value: 1n }))).to.equal("TX_NONCE_TOO_LOW");
  });

  it("refuses a sender with code, unless it is impersonated", async () => {
    const { chain } = testChain();
    const a = account(chain, 0);
    await chain.setCode(a, bytes("00"));
    expect(await codeOf(() => chain.sendTransaction({ from: a, to: account(chain, 1) }))).to.equal("TX_SENDER_NOT_EOA");
    const contract = await (async () => {
      await chain.setCode(a, new Uint8Array(0));
      return deploy(chain, "00");
    })();
    await chain.setBalance(contract, 10n ** 18n);
    expect(await codeOf(() => chain.sendTransaction({ from: contract, to: a }))).to.equal("ACCOUNT_UNKNOWN");
    chain.impersonate(contract);
    expect(chain.isImpersonated(contract)).to.equal(true);
    const { transaction, status } = mined(await chain.sendTransaction({ from: contract, to: a, value: 1n }));
    expect(transaction).to.include({ from: contract, impersonated: true, nonce: 1n });
    expect(status).to.equal(1);
    expect(chain.stopImpersonating(contract)).to.equal(true);
    expect(chain.stopImpersonating(contract)).to.equal(false);
    expect(await codeOf(() => chain.sendTransaction({ from: contract, to: a }))).to.equal("ACCOUNT_UNKNOWN");
    chain.setAutoImpersonate(true);
    expect(await codeOf(() => chain.sendTransaction({ from: contract, to: a }))).to.equal("none");
  });

  it("given a failure and a gas limit, the transaction is mined, paid and carries its revert data", async () => {
    const { chain } = testChain();
    // stores the word 0x2a.. and reverts with it
    const reverter = await deploy(chain, "602a5f5260205ffd");
    const spender = await deploy(chain, "fe");
    const from = account(chain, 0);
    const failed = mined(await chain.sendTransaction({ from, to: reverter, gasLimit: 100_000n }));
    expect(failed).to.include({ status: 0, haltReason: "revert" });
    expect(toHex(failed.returnData)).to.equal(word(0x2a));
    expect(failed.logs).to.have.length(0);
    expect(mined(await chain.sendTransaction({ from, to: spender, gasLimit: 100_000n }))).to.include({
      status: 0,
      haltReason: "invalid-opcode",
      gasUsed: 100_000n,
    });
    expect(await chain.getNonce(from)).to.equal(4n);
  });

  it("given a failure and no gas limit, nothing is mined and the result says why", async () => {
    const { chain } = testChain();
    const reverter = await deploy(chain, "602a5f5260205ffd");
    const from = account(chain, 0);
    const [head, balance, root] = [
      chain.latestBlock(),
      await chain.getBalance(from),
      (await chain.getProof(from, [])).accountProof.map(toHex),
    ];
    const heads: bigint[] = [];
    chain.on("newHead", ({ header }) => heads.push(header.number));
    for (const automine of [true, false]) {
      chain.setAutomine(automine);
      const { refused, receipt } = await chain.sendTransaction({ from, to: reverter });
      expect(receipt).to.equal(undefined);
      expect(refused).to.include({ success: false, haltReason: "revert" });
      expect(toHex(refused?.returnData ?? new Uint8Array(0))).to.equal(word(0x2a));
    }
    expect(chain.latestBlock()).to.equal(head);
    expect(heads).to.deep.equal([]);
    expect(await chain.getBalance(from)).to.equal(balance);
    expect((await chain.getProof(from, [])).accountProof.map(toHex)).to.deep.equal(root);
    expect(await chain.getNonce(from, "pending")).to.equal(1n);
  });

  it("given a poor sender and no gas limit, it may use what it can pay for", async () => {
    const { chain } = testChain();
    const poor = account(chain, 3);
    await chain.setBalance(poor, 10n ** 14n);
    expect(mined(await chain.sendTransaction({ from: poor, to: account(chain, 1), value: 1n }))).to.include({
      status: 1,
      gasUsed: 21_000n,
    });
    await chain.setBalance(poor, 1_000n);
    expect(await codeOf(() => chain.sendTransaction({ from: poor, to: account(chain, 1), value: 1n }))).to.equal(
      "TX_INSUFFICIENT_FUNDS",
    );
  });

  it("given code over 24,576 bytes, a creation fails, unless the limit is lifted", async () => {
    for (const allowUnlimitedContractSize of [false, true]) {
      const { chain } = testChain({ allowUnlimitedContractSize });
      // PUSH2 0x6001, PUSH0, RETURN: 24,577 zero bytes
      const receipt = mined(
        await chain.sendTransaction({ from: account(chain, 0), data: bytes("6160015ff3"), gasLimit: 10_000_000n }),
      );
      expect(receipt.haltReason).to.equal(allowUnlimitedContractSize ? undefined : "code-size-exceeded");
      expect(receipt.status).to.equal(allowUnlimitedContractSize ? 1 : 0);
    }
  });

  it("given concurrent orders, each sees the ones before it whole", async () => {
    const { chain } = testChain();
    const [a, b] = [account(chain, 0), account(chain, 1)];
    const results = await Promise.all([
      chain.sendTransaction({ from: a, to: b, value: 1n }),
      chain.sendTransaction({ from: a, to: b, value: 2n }),
      chain.getBalance(b),
      chain.call({ from: b, to: a, value: 10_000n * 10n ** 18n + 3n }),
      chain.sendTransaction({ from: a, data: deployCode("00") }),
      chain.getNonce(a),
    ]);
    expect(results[2]).to.equal(10_000n * 10n ** 18n + 3n);
    expect(results[3].success).to.equal(true);
    expect(results[5]).to.equal(3n);
    const hashes: readonly (Hex | undefined)[] = [
      results[0].receipt?.blockHash,
      results[1].receipt?.blockHash,
      results[4].receipt?.blockHash,
    ];
    expect(new Set(hashes).size).to.equal(3);
  });
});
