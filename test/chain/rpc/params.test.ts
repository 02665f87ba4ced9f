import { createChain, type EmbeddedChain, RpcError, rpcErrorCodes } from "@banyan/chain";
import { expect } from "chai";
import fc from "fast-check";

const ADDRESS = "0x00000000000000000000000000000000000000aa";
const WORD = `0x${"11".repeat(32)}`;

/** Asks, and returns the code and the parameter that the refusal names. */
async function refusalOf(
  { provider }: EmbeddedChain,
  method: string,
  params: readonly unknown[],
): Promise<{ code: number; parameter: unknown }> {
  try {
    await provider.request({ method, params });
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { data } = error;
    return {
      code: error.code,
      parameter: typeof data === "object" && data !== null ? Reflect.get(data, "parameter") : undefined,
    };
  }
  throw new Error(`${method} accepted ${JSON.stringify(params)}`);
}

describe("parameters of requests", () => {
  let chain: EmbeddedChain;
  before(async () => {
    chain = await createChain();
  });
  after(() => chain.close());

  const bad: readonly [string, readonly unknown[], string | undefined][] = [
    ["eth_getBalance", [], "address"],
    ["eth_getBalance", ["0x12"], "address"],
    ["eth_getBalance", [5], "address"],
    ["eth_getBalance", [null], "address"],
    ["eth_getBalance", [ADDRESS, "newest"], "block"],
    ["eth_getBalance", [ADDRESS, 1], "block"],
    ["eth_getBalance", [ADDRESS, { blockHash: "0x1" }], "block.blockHash"],
    ["eth_getBalance", [ADDRESS, "latest", "more"], undefined],
    ["eth_getStorageAt", [ADDRESS, `0x${"1".repeat(65)}`], "slot"],
    ["eth_call", ["0x"], "transaction"],
    ["eth_call", [{ to: "0x1" }], "transaction.to"],
    ["eth_call", [{ to: ADDRESS, data: "0x1" }], "transaction.data"],
    ["eth_call", [{ to: ADDRESS, data: "0x11", input: "0x12" }], "transaction.data"],
    ["eth_call", [{ to: ADDRESS, value: -5 }], "transaction.value"],
    ["eth_call", [{ to: ADDRESS, value: `0x1${"0".repeat(64)}` }], "transaction.value"],
    [
      "eth_call",
      [{ to: ADDRESS, accessList: [{ address: ADDRESS, storageKeys: ["0x1"] }] }],
      "transaction.accessList[0].storageKeys[0]",
    ],
    ["eth_call", [{ to: ADDRESS, gas: "x" }], "transaction.gas"],
    ["eth_call", [{ to: ADDRESS, blobVersionedHashes: WORD }], "transaction.blobVersionedHashes"],
    ["eth_call", [{ to: ADDRESS }, "latest", { [ADDRESS]: { balance: "x" } }], `stateOverrides.${ADDRESS}.balance`],
    [
      "eth_call",
      [{ to: ADDRESS }, "latest", { [ADDRESS]: { state: {}, stateDiff: {} } }],
      `stateOverrides.${ADDRESS}.stateDiff`,
    ],
    ["eth_sendTransaction", [{ from: ADDRESS, nonce: "x" }], "transaction.nonce"],
    ["eth_sendRawTransaction", ["0xabc"], "transaction"],
    ["eth_getTransactionByHash", ["0x1234"], "transactionHash"],
    ["eth_getLogs", [{ fromBlock: 1 }], "filter.fromBlock"],
    ["eth_getLogs", [{ blockHash: WORD, fromBlock: "0x1" }], "filter.blockHash"],
    ["eth_getLogs", [{ address: [ADDRESS, "0x2"] }], "filter.address[1]"],
    ["eth_getLogs", [{ topics: [null, [WORD, "0x3"]] }], "filter.topics[1][1]"],
    ["eth_feeHistory", ["0x1", "latest", [50, 20]], "rewardPercentiles"],
    ["eth_feeHistory", ["0x1", "latest", [101]], "rewardPercentiles[0]"],
    ["eth_subscribe", ["everything"], "subject"],
    ["eth_signTypedData_v4", [ADDRESS, "{"], "typedData"],
    ["eth_signTypedData_v4", [ADDRESS, { types: { A: [] }, primaryType: "B", message: {} }], "typedData.primaryType"],
    ["evm_increaseTime", [-1], "seconds"],
    ["evm_increaseTime", [1.5], "seconds"],
    ["evm_setIntervalMining", [[5, 1]], "interval"],
    ["evm_setAutomine", ["yes"], "enabled"],
    ["hardhat_mine", ["0x10000000000000000"], "blocks"],
    ["hardhat_setBalance", [ADDRESS, 5], "balance"],
    ["hardhat_setBalance", [ADDRESS, "5"], "balance"],
    ["hardhat_setNonce", [ADDRESS, "0x10000000000000000"], "nonce"],
    ["hardhat_setPrevRandao", ["0x01"], "prevRandao"],
  ];
  for (const [method, params, parameter] of bad) {
    it(`${method} refuses ${JSON.stringify(params).slice(0, 90)}`, async () => {
      expect(await refusalOf(chain, method, params)).to.deep.equal({ code: rpcErrorCodes.invalidParams, parameter });
    });
  }

  const unfit: readonly [string, readonly unknown[], string][] = [
    ["eth_call", [{ from: ADDRESS }], "transaction.data"],
    ["eth_sendTransaction", [{ from: ADDRESS, data: "0x" }], "transaction.data"],
    ["eth_call", [{ to: ADDRESS, gasPrice: "0x1", maxFeePerGas: "0x1" }], "transaction.gasPrice"],
    ["eth_feeHistory", ["0x0", "latest"], "blockCount"],
    ["eth_feeHistory", ["0x401", "latest"], "blockCount"],
    ["evm_setBlockGasLimit", ["0x0"], "gasLimit"],
    ["hardhat_setStorageAt", [ADDRESS, "0x0", "0x5"], "value"],
  ];
  for (const [method, params, parameter] of unfit) {
    it(`${method} refuses the well-formed ${JSON.stringify(params).slice(0, 90)}`, async () => {
      expect(await refusalOf(chain, method, params)).to.deep.equal({ code: rpcErrorCodes.invalidInput, parameter });
    });
  }

  it("takes numbers as Hardhat's network does: with leading zeros, in decimal, as JSON numbers", async () => {
    for (const value of ["0x1", "0x01", `0x${"0".repeat(80)}1`, 1, "1"])
      expect(await chain.provider.request({ method: "eth_call", params: [{ to: ADDRESS, value }] })).to.equal("0x");
    for (const block of ["0x0", "0x00", 0, "0"]) {
      const found = await chain.provider.request({ method: "eth_getBlockByNumber", params: [block, false] });
      expect(Object(found).number).to.equal("0x0");
    }
    for (const slot of ["0x0", "0x", "0", "00"])
      expect(await chain.provider.request({ method: "eth_getStorageAt", params: [ADDRESS, slot] })).to.equal(
        `0x${"0".repeat(64)}`,
      );
  });

  it("refuses an unknown method, also one named like a property of every object", async () => {
    for (const method of ["eth_foo", "toString", "__proto__", ""]) {
      expect((await refusalOf(chain, method, [])).code).to.equal(rpcErrorCodes.methodNotFound);
    }
  });

  it("takes addresses in any case", async () => {
    const params = ["0xF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266", { blockNumber: "0x0" }];
    expect(await chain.provider.request({ method: "eth_getBalance", params })).to.equal("0x21e19e0c9bab2400000");
  });

  it("never fails otherwise than with an error of its own, whatever the parameters", async () => {
    const methods = [
      "eth_call",
      "eth_getLogs",
      "eth_getBalance",
      "eth_feeHistory",
      "eth_getProof",
      "eth_signTypedData_v4",
      "eth_getBlockByNumber",
    ];
    const sane = [rpcErrorCodes.invalidParams, rpcErrorCodes.invalidInput, rpcErrorCodes.reverted];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods),
        fc.array(fc.jsonValue(), { maxLength: 4 }),
        async (method, params) => {
          try {
            await chain.provider.request({ method, params });
          } catch (error) {
            expect(error).to.be.instanceOf(RpcError);
            expect(sane).to.include(Reflect.get(Object(error), "code"));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reads every quantity back as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), async (balance) => {
        const params = [ADDRESS, `0x${balance.toString(16)}`];
        await chain.provider.request({ method: "hardhat_setBalance", params });
        expect(await chain.provider.request({ method: "eth_getBalance", params: [ADDRESS] })).to.equal(params[1]);
      }),
      { numRuns: 50 },
    );
  });
});
