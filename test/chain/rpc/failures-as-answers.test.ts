import { type ChainOptions, createChain } from "@banyan/chain";
import { expect } from "chai";

/** Makes a contract that reverts with the word 1, whatever it is sent. */
const REVERTER = "0x600880600b6000396000f360015f5260205ffd";
const WORD_ONE = `0x${"1".padStart(64, "0")}`;

describe("failures as answers", () => {
  async function play(options: ChainOptions): Promise<Record<string, unknown>> {
    const chain = await createChain(options, { print: () => undefined });
    const ask = (method: string, ...params: unknown[]): Promise<unknown> =>
      chain.provider.request({ method, params }).catch(() => "refused");
    try {
      const from = chain.core.accounts[0];
      const made = await ask("eth_sendTransaction", { from, data: REVERTER, gas: "0x20000" });
      const { contractAddress: to } = Object(await ask("eth_getTransactionReceipt", made));
      const called = await ask("eth_call", { to });
      const sent = await ask("eth_sendTransaction", { from, to });
      const { gas } = Object(await ask("eth_getTransactionByHash", sent === "refused" ? made : sent));
      return {
        called,
        sent: sent === "refused" ? sent : "mined",
        gas: sent === "refused" ? undefined : gas,
        nonce: await ask("eth_getTransactionCount", from),
        network: await ask("net_version"),
      };
    } finally {
      chain.close();
    }
  }

  it("by default a failing call is refused, and a failing transaction without a gas limit too, unmined", async () => {
    expect(await play({})).to.deep.equal({
      called: "refused",
      sent: "refused",
      gas: undefined,
      nonce: "0x1",
      network: "31337",
    });
  });

  it("with a default gas limit it is mined all the same", async () => {
    expect(await play({ defaultTransactionGasLimit: 90_000n })).to.include({ sent: "refused", nonce: "0x2" });
  });

  it("told not to throw, calls answer what they returned and transactions their hash", async () => {
    const options = { defaultTransactionGasLimit: 90_000n, throwOnCallFailures: false, networkId: 5n };
    expect(await play({ ...options, throwOnTransactionFailures: false })).to.deep.equal({
      called: WORD_ONE,
      sent: "mined",
      gas: "0x15f90",
      nonce: "0x2",
      network: "5",
    });
  });
});
