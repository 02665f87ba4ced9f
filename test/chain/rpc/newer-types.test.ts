import { createChain, type EmbeddedChain, type Hex } from "@banyan/chain";
import { expect } from "chai";
import { signAuthorization } from "viem/accounts";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { bareTransaction, constant, wrap } from "../blob-vectors.ts";
import { account, word } from "../support.ts";

type Json = Readonly<Record<string, unknown>>;

const osaka = (): Promise<EmbeddedChain> => createChain({ hardfork: "osaka", clock: () => 1_900_000_000_000 });

async function ask(chain: EmbeddedChain, method: string, ...params: readonly unknown[]): Promise<Json> {
  return Object(await chain.provider.request({ method, params }));
}

async function refusalOf(chain: EmbeddedChain, method: string, ...params: readonly unknown[]): Promise<unknown> {
  return chain.provider.request({ method, params }).then(
    () => "accepted",
    (error) => [Object(error).code, Object(Object(error).data).parameter ?? Object(Object(error).data).reason],
  );
}

describe("JSON-RPC of the newer transaction types", () => {
  it("refuses fields that do not go together or are malformed", async () => {
    const chain = await osaka();
    const from = account(chain.core, 0);
    const request = { from, to: from };
    const authorization = { chainId: "0x1", address: from, nonce: "0x0", yParity: "0x0", r: "0x1", s: "0x1" };
    const cases: readonly (readonly [Json, unknown])[] = [
      [{ ...request, gasPrice: "0x1", authorizationList: [authorization] }, [-32602, "transaction.gasPrice"]],
      [{ ...request, gasPrice: "0x1", blobVersionedHashes: [constant.hash] }, [-32602, "transaction.gasPrice"]],
      [
        { ...request, authorizationList: [{ ...authorization, address: "0x1" }] },
        [-32602, "transaction.authorizationList[0].address"],
      ],
      [
        { ...request, authorizationList: [{ ...authorization, yParity: undefined }] },
        [-32602, "transaction.authorizationList[0].yParity"],
      ],
      [{ ...request, authorizationList: {} }, [-32602, "transaction.authorizationList"]],
      [{ ...request, authorizationList: [] }, [-32000, "TX_AUTHORIZATIONS_EMPTY"]],
      [{ ...request, blobVersionedHashes: ["0x01"] }, [-32602, "transaction.blobVersionedHashes[0]"]],
      [{ ...request, blobs: ["0x00"] }, [-32602, "transaction.blobs[0]"]],
    ];
    for (const [transaction, expected] of cases)
      expect(await refusalOf(chain, "eth_sendTransaction", transaction)).to.deep.equal(expected);
    expect(await refusalOf(chain, "eth_sendRawTransaction", toHex(bareTransaction(chain.core)))).to.deep.equal([
      -32000,
      "TX_BLOB_SIDECAR_MISSING",
    ]);
    expect(await refusalOf(chain, "anvil_getBlobByHash", "0x01")).to.deep.equal([-32602, "versionedHash"]);
    chain.close();
  });

  it("writes transactions, receipts and blocks with blobs, and gives the blobs back", async () => {
    const chain = await osaka();
    const raw = toHex(wrap(bareTransaction(chain.core), [constant]));
    const hash = await chain.provider.request({ method: "eth_sendRawTransaction", params: [raw] });
    const transaction = await ask(chain, "eth_getTransactionByHash", hash);
    expect(transaction).to.include({ hash, type: "0x3", maxFeePerBlobGas: "0x3b9aca00", yParity: transaction.v });
    expect(transaction.blobVersionedHashes).to.deep.equal([constant.hash]);
    expect(await ask(chain, "eth_getTransactionReceipt", hash)).to.include({
      type: "0x3",
      status: "0x1",
      blobGasUsed: "0x20000",
      blobGasPrice: "0x1",
    });
    const block = await ask(chain, "eth_getBlockByNumber", "latest", false);
    expect(block).to.include({ blobGasUsed: "0x20000", excessBlobGas: "0x0" });
    expect(await chain.provider.request({ method: "anvil_getBlobByHash", params: [constant.hash] })).to.equal(
      toHex(constant.blob),
    );
    expect(await chain.provider.request({ method: "anvil_getBlobByHash", params: [word(1)] })).to.equal(null);
    const byTransaction = { method: "anvil_getBlobsByTransactionHash", params: [hash] };
    expect(await chain.provider.request(byTransaction)).to.deep.equal([toHex(constant.blob)]);
    const missing = { method: "anvil_getBlobsByTransactionHash", params: [word(1)] };
    expect(await chain.provider.request(missing)).to.equal(null);
    const history = await ask(chain, "eth_feeHistory", "0x2", "latest", []);
    expect(history.baseFeePerBlobGas).to.deep.equal(["0x1", "0x1", "0x1"]);
    expect(history.blobGasUsedRatio).to.deep.equal([0, 1 / 9]);
    expect(await chain.provider.request({ method: "eth_blobBaseFee" })).to.equal("0x1");
    chain.close();
  }).timeout(30_000);

  it("writes transactions that set code", async () => {
    const chain = await osaka();
    const [from, authority] = [account(chain.core, 0), account(chain.core, 1)];
    const signed = await signAuthorization({
      privateKey: toHex(chain.core.privateKeyOf(authority) ?? new Uint8Array(32)),
      address: from,
      chainId: 0,
      nonce: 0,
    });
    const authorization = {
      chainId: "0x0",
      address: from,
      nonce: "0x0",
      yParity: `0x${signed.yParity}`,
      r: `0x${BigInt(signed.r).toString(16)}` as Hex,
      s: `0x${BigInt(signed.s).toString(16)}` as Hex,
    };
    // Clients may pad the numbers of the signature.
    const padded = { ...authorization, r: signed.r, s: signed.s };
    const request = { from, to: from, authorizationList: [padded] };
    const hash = await chain.provider.request({ method: "eth_sendTransaction", params: [request] });
    const transaction = await ask(chain, "eth_getTransactionByHash", hash);
    expect(transaction).to.include({ type: "0x4", maxPriorityFeePerGas: "0x3b9aca00" });
    expect(transaction.authorizationList).to.deep.equal([authorization]);
    const code = { method: "eth_getCode", params: [authority, "latest"] };
    expect(await chain.provider.request(code)).to.equal(`0xef0100${from.slice(2)}`);
    chain.close();
  });

  it("tells the rules in force", async () => {
    const chain = await osaka();
    const { current, next, last } = await ask(chain, "eth_config");
    expect([next, last]).to.deep.equal([null, null]);
    expect(current).to.deep.include({
      activationTime: 1_900_000_000,
      chainId: "0x7a69",
      blobSchedule: { target: 6, max: 9, baseFeeUpdateFraction: 5_007_716 },
    });
    expect(Object(current).forkId).to.match(/^0x[0-9a-f]{8}$/);
    expect(Object(current).precompiles).to.include({ ECREC: word(1).replace(/^0x0{24}/, "0x") });
    chain.close();
    const old = await createChain({ hardfork: "london" });
    expect(await refusalOf(old, "eth_config")).to.deep.equal([-32000, "FORK_TOO_OLD"]);
    old.close();
  });
});
