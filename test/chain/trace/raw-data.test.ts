import { expect } from "chai";
import { keccak256, parseTransaction } from "viem";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { account, deploy, testChain, word } from "../support.ts";
import { LOGGING } from "./contracts.ts";
import { refusalOf, sessionOn } from "./session.ts";

describe("debug_getRawHeader, debug_getRawBlock, debug_getRawReceipts, debug_getRawTransaction", () => {
  it("given no block of the chain, refuse", async () => {
    const { chain } = testChain();
    for (const method of ["debug_getRawHeader", "debug_getRawBlock", "debug_getRawReceipts"]) {
      expect((await refusalOf(sessionOn(chain), method, ["0x5"])).reason).to.equal("BLOCK_NOT_FOUND");
      expect((await refusalOf(sessionOn(chain), method, ["five"])).reason).to.equal("block");
    }
  });

  it("given the hash of no transaction, answer with nothing", async () => {
    const { chain } = testChain();
    expect(await sessionOn(chain).request("debug_getRawTransaction", [word(1)])).to.equal("0x");
  });

  it("encode header, block, receipts and transactions as the block's hash and size say", async () => {
    const { chain } = testChain();
    const logging = await deploy(chain, LOGGING);
    await chain.sendTransaction({ from: account(chain, 1), to: logging, gasLimit: 100_000n });
    const session = sessionOn(chain);
    const { hash, size, receipts, transactions } = chain.latestBlock();
    const header = Object(await session.request("debug_getRawHeader", ["latest"])).toString();
    expect(keccak256(header)).to.equal(hash);
    const encoded = Object(await session.request("debug_getRawBlock", ["latest"])).toString();
    expect((encoded.length - 2) / 2).to.equal(size);
    expect(encoded).to.include(header.slice(2));
    const [receipt] = Object(await session.request("debug_getRawReceipts", ["latest"]));
    expect(receipt.startsWith("0x02")).to.equal(true);
    expect(receipt).to.include(toHex(receipts[0]?.logsBloom ?? new Uint8Array(1)).slice(2));
    const transaction = Object(await session.request("debug_getRawTransaction", [transactions[0]?.hash])).toString();
    expect(parseTransaction(transaction).to).to.equal(logging);
    expect(keccak256(transaction)).to.equal(transactions[0]?.hash);
  });
});
