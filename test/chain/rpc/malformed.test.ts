import { createChain, type EmbeddedChain } from "@banyan/chain";
import { expect } from "chai";
import { answerText } from "../../../chain/src/rpc/json-rpc.ts";
import { account, bytes } from "../support.ts";

const ADDRESS = `0x${"ab".repeat(20)}`;

describe("malformed and outsized requests", () => {
  let chain: EmbeddedChain;
  beforeEach(async () => {
    chain = await createChain();
  });
  afterEach(() => chain.close());

  /** Code of the error with which a text is answered; "none" if it succeeds. */
  async function codeOf(text: string): Promise<unknown> {
    const answer = await answerText(text, { session: chain.rpc.openSession(), record: () => {} });
    const error: unknown = Reflect.get(Object(JSON.parse(answer ?? "{}")), "error");
    return error === undefined ? "none" : Reflect.get(Object(error), "code");
  }

  const asking = (method: string, params: string): string =>
    `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;

  it("refuses broken JSON, what is no request, and an empty batch", async () => {
    for (const text of ["", "{", "[1,", '{"a":1e}', "\u0000", "[".repeat(100_000)])
      expect(await codeOf(text)).to.equal(-32_700);
    for (const text of ["[]", "1", "null", "{}", '"x"', '{"jsonrpc":"1.0","id":1,"method":"eth_chainId"}'])
      expect(await codeOf(text)).to.equal(-32_600);
    expect(await codeOf('{"jsonrpc":"2.0","id":{},"method":"eth_chainId"}')).to.equal(-32_600);
    expect(await codeOf(asking("eth_chainId", '{"a":1}'))).to.equal(-32_602);
  });

  it("refuses values that are nested deeply or are very long, and shows little of them", async () => {
    for (const value of [`${"[".repeat(50_000)}${"]".repeat(50_000)}`, `"${"x".repeat(1_000_000)}"`]) {
      const text = asking("eth_getBalance", `[${value}]`);
      const answer = await answerText(text, { session: chain.rpc.openSession(), record: () => {} });
      expect(answer?.length).to.be.lessThan(500);
      expect(await codeOf(text)).to.equal(-32_602);
    }
  });

  it("is not changed by names of properties of every object", async () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect(await codeOf(asking(name, "[]"))).to.equal(-32_601);
      expect(await codeOf(asking("eth_call", `[{"to":"${ADDRESS}"},"latest",{"${name}":{}}]`))).to.equal(-32_602);
      const typed = `{"types":{"${name}":[{"name":"a","type":"uint256"}]},"primaryType":"${name}","domain":{},"message":{"a":1}}`;
      expect(await codeOf(asking("eth_signTypedData_v4", `["${ADDRESS}",${typed}]`))).to.be.oneOf([-32_000, -32_602]);
    }
    expect(Reflect.get({}, "polluted")).to.equal(undefined);
    expect(await codeOf(asking("eth_chainId", "[]"))).to.equal("none");
  });

  it("refuses numbers that no chain can have", async () => {
    const most = `"0x${"f".repeat(64)}"`;
    for (const [method, params] of [
      ["hardhat_mine", `[${most}]`],
      ["evm_increaseTime", `[${most}]`],
      ["evm_setNextBlockTimestamp", `[${most}]`],
      ["evm_setIntervalMining", "[4294967296]"],
      ["evm_setIntervalMining", "[-1]"],
      ["evm_setBlockGasLimit", '["0x8000000000000000"]'],
      ["hardhat_setNonce", `["${ADDRESS}","0x10000000000000000"]`],
      ["hardhat_setBalance", `["${ADDRESS}","0x1${"0".repeat(64)}"]`],
      ["evm_mine", `[{"blocks":${most}}]`],
    ] as const)
      expect(await codeOf(asking(method, params)), `${method} ${params}`).to.equal(-32_602);
    // Well formed, but no number that can be.
    expect(await codeOf(asking("evm_setBlockGasLimit", '["0x0"]'))).to.equal(-32_000);
    expect(await codeOf(asking("eth_feeHistory", '["0x100000000","latest"]'))).to.equal(-32_000);
    // Within 64 bits, but beyond the last time that a header can hold.
    expect(await codeOf(asking("hardhat_mine", '["0xffffffffffffffff","0xffff"]'))).to.equal(-32_000);
    expect(await codeOf(asking("evm_increaseTime", '["0xffffffffffffffff"]'))).to.equal(-32_000);
    expect(chain.core.latestBlock().header.number).to.equal(0n);
  });

  it("refuses signed transactions that are cut off or damaged", async () => {
    const [from] = chain.core.accounts;
    const signed = await chain.provider.request({
      method: "eth_signTransaction",
      params: [{ from, to: ADDRESS, value: "0x1" }],
    });
    const raw = bytes(String(signed));
    for (let length = 0; length < raw.length; length++) {
      const cut = Buffer.from(raw.subarray(0, length)).toString("hex");
      expect(await codeOf(asking("eth_sendRawTransaction", `["0x${cut}"]`))).to.equal(-32_602);
    }
    expect(await codeOf(asking("eth_sendRawTransaction", `["${signed}"]`))).to.equal("none");
  });

  it("answers a call that never ends when its gas is used up", async () => {
    await chain.core.setCode(ADDRESS as `0x${string}`, bytes("5b5f56"));
    expect(await codeOf(asking("eth_call", `[{"to":"${ADDRESS}"}]`))).to.equal(-32_000);
  });

  it("finds no balance word in a contract that reads without end, and says so soon", async () => {
    // Reads the slot that it counts up: as many words as the gas suffices for.
    await chain.core.setCode(ADDRESS as `0x${string}`, bytes("5f5b8054506001015f600156"));
    const holder = account(chain.core, 0);
    expect(await codeOf(asking("anvil_dealERC20", `["${holder}","${ADDRESS}",5]`))).to.equal(-32_000);
  });

  it("keeps filters and subscriptions of any number within bounds", async () => {
    const refused = async (method: string, params: unknown[]): Promise<unknown> => {
      for (let count = 0; count < 10_001; count++) {
        const error: unknown = await chain.provider.request({ method, params }).catch((failure: unknown) => failure);
        if (error instanceof Error) return [count, Reflect.get(error, "code")];
      }
      return undefined;
    };
    expect(await refused("eth_newPendingTransactionFilter", [])).to.deep.equal([10_000, -32_005]);
    expect(await refused("eth_subscribe", ["newHeads"])).to.deep.equal([10_000, -32_005]);
  });

  it("mines as many empty blocks as there are, and searches and lists them without going through them", async () => {
    expect(await codeOf(asking("hardhat_mine", '["0x1000000000000000"]'))).to.equal("none");
    const filter = await chain.provider.request({ method: "eth_newBlockFilter", params: [] });
    await chain.core.mine(10n ** 12n);
    expect(await codeOf(asking("eth_getLogs", '[{"fromBlock":"0x0","toBlock":"latest"}]'))).to.equal("none");
    const hashes = Object(await chain.provider.request({ method: "eth_getFilterChanges", params: [filter] }));
    expect(hashes.length).to.equal(10_000);
    expect(chain.core.latestBlock().header.number).to.equal(2n ** 60n + 10n ** 12n);
  });
});
