import { inspect } from "node:util";
import { type BuildInfo, createChain, type EmbeddedChain, RpcError, stackTracerOf, startServer } from "@banyan/chain";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { encodeDeployData, encodeFunctionData, type Hex } from "viem";
import { compile } from "./compile.ts";

const SENDER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const plain = { name: "no optimizer", optimizer: false, viaIR: false };
const words = compile("Words.sol", plain);
const bare = compile("Failures.sol", plain);
const PLACE = { contract: "Words", function: "pay", file: "test/Words.sol", line: 14, column: 59 };

/** The failing request to `pay`, and a chain on which the contract is deployed. */
async function deployed(chain: EmbeddedChain, initCode?: Hex): Promise<{ method: string; params: [object, string] }> {
  const data = initCode ?? encodeDeployData({ abi: words.abi("Words"), bytecode: words.bytecode("Words"), args: [5n] });
  const receipt = await chain.core.sendTransaction({ from: SENDER, data: Buffer.from(data.slice(2), "hex") });
  const to = receipt.receipt?.contractAddress;
  const pay = encodeFunctionData({ abi: words.abi("Words"), functionName: "pay", args: [6n] });
  return { method: "eth_call", params: [{ from: SENDER, to, data: pay }, "latest"] };
}

async function failureOf(work: Promise<unknown>): Promise<RpcError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RpcError)) throw new Error("it succeeded, or failed otherwise");
  return error;
}

/** Counts how often builds are read. */
function counted(builds: readonly BuildInfo[]): { reads: () => number; builds: () => Promise<Iterable<BuildInfo>> } {
  let reads = 0;
  return {
    reads: () => reads,
    builds: async () => ({
      *[Symbol.iterator]() {
        reads++;
        yield* builds;
      },
    }),
  };
}

describe("Solidity errors", () => {
  let chain: EmbeddedChain;

  afterEach(() => {
    chain.close();
  });

  it("given no builds, when a call fails, then its error has no Solidity stack trace and nothing is recorded", async () => {
    chain = await createChain();
    const request = await deployed(chain);
    const error = await failureOf(chain.provider.request(request));
    expect(error.stackTrace).to.equal(undefined);
    expect(await chain.core.call({ data: Uint8Array.of(0xfe) })).to.not.have.property("record");
  });

  it("given sources with letters of several bytes, then line and column count characters", async () => {
    chain = await createChain({}, { stackTracer: stackTracerOf([words.info]) });
    const error = await failureOf(chain.provider.request(await deployed(chain)));
    expect(error.stackTrace).to.deep.equal([{ kind: "revert", ...PLACE }]);
    expect(error.code).to.equal(3);
  });

  it("when the stack is printed, then it begins with the Solidity lines and goes on with those of JavaScript", async () => {
    chain = await createChain({}, { stackTracer: stackTracerOf([words.info]) });
    const error = await failureOf(chain.provider.request(await deployed(chain)));
    const [head, first, second] = (error.stack ?? "").split("\n");
    expect(head).to.equal(`SolidityError: ${error.message}`);
    expect(first).to.equal("    at Words.pay (test/Words.sol:14:59)");
    expect(second).to.match(/^ {4}at .*execution-error/);
    expect(inspect(error)).to.equal(error.stack);
    error.stack = "replaced";
    expect(error.stack).to.equal("replaced");
  });

  it("when revert data tell the reason, then builds are read only once somebody asks for the stack, and once", async () => {
    const { reads, builds } = counted([words.info]);
    const stackTracer = stackTracerOf(builds);
    chain = await createChain({}, { stackTracer });
    const other = await createChain({}, { stackTracer });
    const errors = [
      await failureOf(chain.provider.request(await deployed(chain))),
      await failureOf(other.provider.request(await deployed(other))),
    ];
    other.close();
    expect(reads()).to.equal(0);
    expect(errors.map(({ stackTrace }) => stackTrace?.length)).to.deep.equal([1, 1]);
    expect(errors.map(({ stack }) => stack?.includes("Words.sol:14"))).to.deep.equal([true, true]);
    expect(reads()).to.equal(1);
  });

  it("given a contract of other metadata and other immutable values, then it is recognised all the same", async () => {
    chain = await createChain({}, { stackTracer: stackTracerOf([words.info]) });
    const initCode = encodeDeployData({ abi: words.abi("Words"), bytecode: words.bytecode("Words"), args: [3n] });
    // The digest of the sources lies in both bytecodes, behind these letters.
    const changed: Hex = `0x${initCode.slice(2).replaceAll(/(64697066735822[0-9a-f]{4})[0-9a-f]{8}/g, "$1deadbeef")}`;
    expect(changed).to.not.equal(initCode);
    const error = await failureOf(chain.provider.request(await deployed(chain, changed)));
    expect(error.stackTrace).to.deep.equal([{ kind: "revert", ...PLACE }]);
  });

  it("given a contract that no build knows, then its address stands for it and the reason is told", async () => {
    chain = await createChain({}, { stackTracer: stackTracerOf([bare.info]) });
    const request = await deployed(chain);
    const error = await failureOf(chain.provider.request(request));
    expect(error.stackTrace).to.deep.equal([
      {
        kind: "unrecognized-contract",
        contract: "<UnrecognizedContract>",
        function: "<unknown>",
        address: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
      },
    ]);
    expect(error.message).to.equal("VM Exception while processing transaction: reverted with reason string '余额不足'");
  });

  it("when a selector is unknown, then it is named, by the function of another contract if there is one", async () => {
    chain = await createChain({}, { stackTracer: stackTracerOf([words.info, bare.info]) });
    const { params } = await deployed(chain);
    const ask = async (data: string): Promise<RpcError> =>
      failureOf(chain.provider.request({ method: "eth_call", params: [{ ...params[0], data }, "latest"] }));
    const unknown = await ask("0x12345678");
    expect(unknown.message).to.include("function selector was not recognized and there's no fallback function");
    expect(unknown.stackTrace?.[0]).to.include({ function: "<unrecognized-selector>", selector: "0x12345678" });
    const elsewhere = await ask(encodeFunctionData({ abi: bare.abi("Bare"), functionName: "set", args: [1n] }));
    expect(elsewhere.stackTrace?.[0]).to.include({ selector: "0x60fe47b1", signature: "set(uint256)" });
    expect(elsewhere.stack).to.include("Words.<unrecognized-selector> [set(uint256)] (test/Words.sol:4:1)");
  });

  for (const method of ["eth_call", "eth_estimateGas", "eth_sendTransaction", "eth_sendRawTransaction"]) {
    it(`when ${method} fails over HTTP, then the stack trace stands beside code, message and revert data`, async () => {
      chain = await createChain({}, { stackTracer: stackTracerOf([words.info]) });
      const { params } = await deployed(chain);
      const [transaction] = params;
      const server = await startServer(chain.rpc, { port: 0 });
      const raw = await signed(transaction);
      const body = {
        jsonrpc: "2.0",
        id: 1,
        method,
        params: method === "eth_call" ? params : method === "eth_sendRawTransaction" ? [raw] : [transaction],
      };
      const response = await fetch(`http://127.0.0.1:${server.port}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const { error }: { error?: { code?: number; message?: string; data?: string; stackTrace?: object[] } } = Object(
        await response.json(),
      );
      await server.close();
      expect(error?.code).to.equal(3);
      expect(error?.data?.slice(0, 10)).to.equal("0x08c379a0");
      expect(error?.stackTrace).to.deep.equal([{ kind: "revert", ...PLACE }]);
    });
  }

  it("given a project, then its own build information explains failures of its contracts", async () => {
    const { stackTracerOfProject } = await import("@banyan/chain/hardhat");
    chain = await createChain({}, { stackTracer: stackTracerOfProject(artifacts) });
    const { abi, bytecode } = await artifacts.readArtifact("ChainProbe");
    const error = await failureOf(
      chain.provider.request({
        method: "eth_sendTransaction",
        params: [{ from: SENDER, data: encodeDeployData({ abi, bytecode, args: [5_000n] }) }],
      }),
    );
    expect(error.message).to.include("custom error 'ProbeValueTooHigh(5000, 1000)'");
    expect(error.stackTrace?.map(({ contract, function: name, file }) => [contract, name, file])).to.deep.equal([
      ["ChainProbe", "constructor", "contracts/mocks/ChainProbe.sol"],
    ]);
  });
});

async function signed(transaction: object): Promise<Hex> {
  const { privateKeyToAccount } = await import("viem/accounts");
  const account = privateKeyToAccount("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
  const { to, data }: { to?: Hex; data?: Hex } = transaction;
  return account.signTransaction({
    chainId: 31_337,
    nonce: 1,
    gas: 100_000n,
    maxFeePerGas: 10n ** 10n,
    maxPriorityFeePerGas: 1n,
    ...(to === undefined ? {} : { to }),
    ...(data === undefined ? {} : { data }),
  });
}
