import { createChain, type EmbeddedChain, type RequestRecord } from "@banyan/chain";
import { expect } from "chai";
import { answerText } from "../../../chain/src/rpc/json-rpc.ts";

describe("JSON-RPC texts", () => {
  let chain: EmbeddedChain;
  let records: RequestRecord[];
  beforeEach(async () => {
    chain = await createChain();
    records = [];
  });
  afterEach(() => chain.close());

  async function answer(text: string): Promise<unknown> {
    const session = chain.rpc.openSession();
    const response = await answerText(text, { session, record: (record) => records.push(record) });
    return response === undefined ? undefined : JSON.parse(response);
  }

  function errorCodeOf(response: unknown): unknown {
    const error: unknown = Reflect.get(Object(response), "error");
    return Reflect.get(Object(error), "code");
  }

  it("answers a request with its id, whatever kind of id that is", async () => {
    for (const id of [1, "seven", null]) {
      expect(await answer(JSON.stringify({ jsonrpc: "2.0", id, method: "eth_chainId" }))).to.deep.equal({
        jsonrpc: "2.0",
        id,
        result: "0x7a69",
      });
    }
    expect(records.map(({ method, error }) => ({ method, error }))).to.deep.equal(
      Array.from({ length: 3 }, () => ({ method: "eth_chainId", error: undefined })),
    );
  });

  it("answers null with a result member", async () => {
    const request = { jsonrpc: "2.0", id: 1, method: "eth_getTransactionByHash", params: [`0x${"00".repeat(32)}`] };
    expect(await answer(JSON.stringify(request))).to.deep.equal({ jsonrpc: "2.0", id: 1, result: null });
  });

  it("answers a batch in its order, and carries it out in its order", async () => {
    const batch = [
      { jsonrpc: "2.0", id: 1, method: "hardhat_mine", params: ["0x2"] },
      { jsonrpc: "2.0", id: 2, method: "eth_blockNumber", params: [] },
      { jsonrpc: "2.0", method: "hardhat_mine" },
      { jsonrpc: "2.0", id: 3, method: "eth_blockNumber" },
    ];
    expect(await answer(JSON.stringify(batch))).to.deep.equal([
      { jsonrpc: "2.0", id: 1, result: true },
      { jsonrpc: "2.0", id: 2, result: "0x2" },
      { jsonrpc: "2.0", id: 3, result: "0x3" },
    ]);
  });

  it("answers a batch of one with a list", async () => {
    expect(await answer('[{"jsonrpc":"2.0","id":1,"method":"net_version"}]')).to.deep.equal([
      { jsonrpc: "2.0", id: 1, result: "31337" },
    ]);
  });

  it("does not answer notifications, but carries them out", async () => {
    expect(await answer('{"jsonrpc":"2.0","method":"evm_mine"}')).to.equal(undefined);
    expect(await answer('[{"jsonrpc":"2.0","method":"evm_mine"}]')).to.equal(undefined);
    expect(chain.core.latestBlock().header.number).to.equal(2n);
  });

  it("refuses what is not JSON with -32700", async () => {
    expect(errorCodeOf(await answer("{"))).to.equal(-32_700);
  });

  it("refuses what is not a request with -32600", async () => {
    for (const text of [
      "[]",
      "5",
      "null",
      "{}",
      '{"jsonrpc":"1.0","id":1,"method":"x"}',
      '{"jsonrpc":"2.0","id":{},"method":"x"}',
      '{"jsonrpc":"2.0","id":1}',
    ]) {
      expect(errorCodeOf(await answer(text)), text).to.equal(-32_600);
    }
  });

  it("refuses parameters by name with -32602, and says so in the record", async () => {
    expect(errorCodeOf(await answer('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{"a":1}}'))).to.equal(
      -32_602,
    );
    expect(records.map((record) => record.error?.code)).to.deep.equal([-32_602]);
  });

  it("refuses subscriptions where nothing can be delivered", async () => {
    expect(
      errorCodeOf(await answer('{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}')),
    ).to.equal(-32_000);
  });

  describe("within limits", () => {
    const limits = { batch: 3, response: 400 };
    const requestOf = (id: number, method = "eth_chainId") => ({ jsonrpc: "2.0", id, method });

    async function answerWithin(value: unknown): Promise<unknown> {
      const session = chain.rpc.openSession();
      const text = await answerText(JSON.stringify(value), {
        session,
        record: (record) => records.push(record),
        limits,
      });
      return text === undefined ? undefined : JSON.parse(text);
    }

    it("refuses a batch with too many requests as a whole", async () => {
      const response = await answerWithin([1, 2, 3, 4].map((id) => requestOf(id)));
      expect(errorCodeOf(response)).to.equal(-32_005);
      expect(records).to.deep.equal([]);
      expect(await answerWithin([1, 2, 3].map((id) => requestOf(id)))).to.have.length(3);
    });

    it("refuses an answer that is too long, alone and in a batch; the rest of the batch is not carried out", async () => {
      const accounts = requestOf(1, "eth_accounts");
      expect(errorCodeOf(await answerWithin(accounts))).to.equal(-32_005);
      const before = chain.core.latestBlock().header.number;
      const batch = [requestOf(1), accounts, requestOf(3, "evm_mine")];
      const responses = Object(await answerWithin(batch));
      expect([0, 1, 2].map((index) => errorCodeOf(responses[index]))).to.deep.equal([undefined, -32_005, -32_005]);
      expect(chain.core.latestBlock().header.number).to.equal(before);
    });
  });
});
