import { createChain } from "@banyan/chain";
import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  concat,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  parseAbiParameters,
  toFunctionSelector,
} from "viem";
import { consoleLine } from "../../../chain/src/trace/console-log.ts";

type Arguments = readonly (string | bigint | boolean)[];

function line(signature: string, args: Arguments): string | undefined {
  const types = signature.slice("log(".length, -1);
  const body = types === "" ? "0x" : encodeAbiParameters(parseAbiParameters(types), [...args]);
  const data = concat([toFunctionSelector(signature), body]);
  return consoleLine(Buffer.from(data.slice(2), "hex"));
}

describe("lines of hardhat/console.sol", () => {
  const address = "0x00000000000000000000000000000000000000AA";
  const cases: readonly [string, Arguments, string][] = [
    ["log()", [], ""],
    ["log(string)", ["paid %s"], "paid %s"],
    ["log(uint256)", [2n ** 255n], (2n ** 255n).toString()],
    ["log(int256)", [-5n], "-5"],
    ["log(bool,address)", [true, address], `true ${address.toLowerCase()}`],
    ["log(string,uint256)", ["card %d of 100%%", 7n], "card 7 of 100%"],
    ["log(string,uint256,bool,address)", ["%s %s", 1n, false, address], `1 false ${address.toLowerCase()}`],
    ["log(bytes4)", ["0x12345678"], "0x12345678"],
  ];
  it("given a selector of older versions, computed from the short names of integers, then the line is the same", () => {
    const integer = (selector: string, value: bigint): string =>
      concat([`0x${selector}`, encodeAbiParameters(parseAbiParameters("int256"), [value])]);
    const text = (selector: string, value: bigint): string =>
      concat([`0x${selector}`, encodeAbiParameters(parseAbiParameters("string,int256"), ["card %d", value])]);
    const calls = [integer("f5b1bba9", 7n), integer("4e0c1d1d", -7n), text("9710a9d0", 7n), text("3ca6268e", -7n)];
    const printed = calls.map((call) => consoleLine(Buffer.from(call.slice(2), "hex")));
    expect(printed).to.deep.equal(["7", "-7", "card 7", "card -7"]);
  });

  for (const [signature, args, expected] of cases) {
    it(`${signature} prints ${JSON.stringify(expected)}`, () => {
      expect(line(signature, args)).to.equal(expected);
    });
  }

  it("prints nothing for a call that is none of console.sol's, or is cut short", () => {
    expect(consoleLine(Buffer.from("12345678", "hex"))).to.equal(undefined);
    expect(consoleLine(Buffer.from("41304fac", "hex"))).to.equal(undefined);
  });

  it("prints once per transaction and per call, and not for an estimate", async () => {
    const lines: string[] = [];
    const chain = await createChain({}, { print: (text) => lines.push(text) });
    const { abi, bytecode } = await artifacts.readArtifact("ChainProbe");
    const { provider } = chain;
    const [from] = chain.core.accounts;
    const deployment = encodeDeployData({ abi, bytecode, args: [1n] });
    const hash = await provider.request({ method: "eth_sendTransaction", params: [{ from, data: deployment }] });
    const receipt = Object(await provider.request({ method: "eth_getTransactionReceipt", params: [hash] }));
    const call = {
      from,
      to: receipt.contractAddress,
      data: encodeFunctionData({ abi, functionName: "say", args: ["hello", 5n] }),
    };
    for (const method of ["eth_estimateGas", "eth_call", "eth_sendTransaction"])
      await provider.request({ method, params: [call] });
    expect(lines).to.deep.equal(["probe says hello 5", "probe says hello 5"]);
    chain.close();
  });
});
