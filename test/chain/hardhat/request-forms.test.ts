import { expect } from "chai";
import { network } from "hardhat";

interface Provider {
  request(request: { method: string; params: unknown[] }): Promise<unknown>;
}

const FROM = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const TO = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const bare = (hex: string): string => hex.slice(2);
const word = (digits: string): string => `0x${digits.padStart(64, "0")}`;
const GAS = { gas: "0x15f90" };

const calls: readonly (readonly [what: string, fields: object])[] = [
  ["data without 0x", { data: "1234" }],
  ["empty text as data", { data: "" }],
  ["data with an odd digit", { data: "0x1" }],
  ["data and input that differ", { data: "0x12", input: "0x34" }],
  ["input alone", { input: "0x12" }],
  ["a JSON number as value", { value: 1 }],
  ["a JSON number of 18 zeros as value", { value: 1e18 }],
  ["a JSON number of 25 zeros as value", { value: 1e25 }],
  ["a fraction as value", { value: 1.5 }],
  ["a negative value", { value: -1 }],
  ["true as value", { value: true }],
  ["decimal text as value", { value: "10" }],
  ["text in scientific notation as value", { value: "1e3" }],
  ["an empty text as value", { value: "" }],
  ["0x as value", { value: "0x" }],
  ["0X1 as value", { value: "0X1" }],
  ["leading zeros in value", { value: "0x0001" }],
  ["letters as value", { value: "abc" }],
  ["257 bits as value", { value: `0x1${"0".repeat(64)}` }],
  ["an empty text as gas", { gas: "" }],
  ["65 bits of gas", { gas: "0x1ffffffffffffffff" }],
  ["null for what is left out", { value: null, data: null, gas: null, accessList: null }],
  ["both kinds of price", { gasPrice: "0x77359400", maxFeePerGas: "0x77359400" }],
  ["a tip above the fee cap", { maxFeePerGas: "0x77359400", maxPriorityFeePerGas: "0x77359401" }],
  ["no recipient and no code", { to: null }],
  ["an empty text as recipient", { to: "" }],
  ["a recipient without 0x", { to: bare(TO) }],
  ["a recipient in capitals", { to: `0x${bare(TO).toUpperCase()}` }],
  ["a recipient of 19 bytes", { to: TO.slice(0, -2) }],
  ["a sender without 0x", { from: bare(FROM) }],
  ["a sender of one digit", { from: "0x1" }],
  ["pairs in the access list", { accessList: [[TO, [word("1")]]] }],
  ["short slots in the access list", { accessList: [{ address: TO, storageKeys: ["0x1"] }] }],
  ["an empty access list", { accessList: [] }],
  ["no blobs named", { blobVersionedHashes: [] }],
  ["fields that nobody knows", { colour: "green" }],
  ["a type that there is not", { type: "0x7e" }],
];

const others: readonly (readonly [method: string, params: unknown[]])[] = [
  ["eth_call", [{ to: TO }, "0x"]],
  ["eth_call", [{ to: TO }, { blockNumber: "0x0", blockHash: word("0") }]],
  ["eth_getBalance", [FROM, { blockHash: word("0") }]],
  ["eth_getBalance", [FROM, "0x100"]],
  ["eth_getBlockByNumber", ["", false]],
  ["eth_getBlockByNumber", ["latest", "true"]],
  ["eth_getTransactionByHash", [bare(word("1"))]],
  ["eth_getTransactionReceipt", ["0x1"]],
  ["eth_getFilterChanges", [""]],
  ["eth_feeHistory", [0, "latest", []]],
  ["eth_feeHistory", [1_025, "latest", []]],
  ["eth_feeHistory", ["0x", "latest", []]],
  ["eth_getLogs", [{ fromBlock: "0x" }]],
  ["eth_getLogs", [{ address: [null] }]],
  ["eth_getLogs", [{ topics: ["0x1"] }]],
  ["eth_getLogs", [{ blockHash: word("0"), fromBlock: "0x0" }]],
  ["web3_sha3", ["1234"]],
  ["web3_sha3", ["0x123"]],
  ["personal_sign", ["1234", FROM]],
  ["eth_sign", [FROM, ""]],
  ["eth_sendRawTransaction", ["0x1"]],
  ["eth_sendTransaction", [{ from: FROM, to: TO, chainId: "0x1", ...GAS }]],
  ["hardhat_setStorageAt", [TO, "0x0", "0x1"]],
  ["hardhat_setStorageAt", [TO, "0x0", "0x01"]],
  ["hardhat_setStorageAt", [TO, "0x00", word("1")]],
  ["hardhat_setBalance", [TO, "1"]],
  ["hardhat_setBalance", [TO, ""]],
  ["hardhat_setBalance", [TO, 1e18]],
  ["hardhat_setCoinbase", [bare(TO)]],
  ["hardhat_setPrevRandao", [bare(word("1"))]],
  ["hardhat_setNextBlockBaseFeePerGas", [""]],
  ["hardhat_setNextBlockBaseFeePerGas", [1e18]],
  ["hardhat_mine", [""]],
  ["evm_setBlockGasLimit", ["0x0"]],
  ["evm_setBlockGasLimit", [1e18]],
  ["evm_setNextBlockTimestamp", [1e18]],
  ["evm_increaseTime", [-1]],
  ["evm_revert", [""]],
  ["evm_mine", [1e20]],
];

/** "taken", or the code of the refusal. */
async function outcome(provider: Provider, method: string, params: unknown[]): Promise<string> {
  try {
    await provider.request({ method, params });
    return "taken";
  } catch (error) {
    return String(Object(error).code);
  }
}

/** What both networks make of a request, each with its state as it was. */
async function outcomes(method: string, params: unknown[]): Promise<readonly [own: string, hardhats: string]> {
  const found: string[] = [];
  for (const name of ["default", "edr"]) {
    const { provider, close } = await network.create({ network: name });
    found.push(await outcome(provider, method, params));
    await close();
  }
  return [found[0] ?? "", found[1] ?? ""];
}

describe("the forms of requests", () => {
  for (const method of ["eth_call", "eth_estimateGas", "eth_sendTransaction"]) {
    it(`given to ${method}, are taken or refused with the code of Hardhat's network`, async () => {
      for (const [what, fields] of calls) {
        const [own, hardhats] = await outcomes(method, [{ from: FROM, to: TO, ...GAS, ...fields }]);
        expect(own, what).to.equal(hardhats);
      }
    });
  }

  it("given to other methods, are taken or refused with the code of Hardhat's network", async () => {
    for (const [method, params] of others) {
      const [own, hardhats] = await outcomes(method, [...params]);
      expect(own, `${method} ${JSON.stringify(params)}`).to.equal(hardhats);
    }
  });

  it("mean the same as the strict ones", async () => {
    const { provider, close } = await network.create({ network: "default" });
    const sent = { from: bare(FROM), to: bare(TO), value: 1e18, data: "12ab", ...GAS };
    const hash = await provider.request({ method: "eth_sendTransaction", params: [sent] });
    const { from, to, value, input } = Object(
      await provider.request({ method: "eth_getTransactionByHash", params: [hash] }),
    );
    expect({ from, to, value, input }).to.deep.equal({
      from: FROM,
      to: TO,
      value: "0xde0b6b3a7640000",
      input: "0x12ab",
    });
    await provider.request({ method: "hardhat_setBalance", params: [bare(TO), "0X0a"] }).catch(() => undefined);
    expect(await provider.request({ method: "evm_mine", params: [] })).to.equal("0");
    await close();
  });
});
