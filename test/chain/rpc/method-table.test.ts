import { expect } from "chai";
import { methodTable } from "../../../chain/src/rpc/method-table.ts";
import { testChain } from "../support.ts";
import { sessionOn } from "../trace/session.ts";

/** What Hardhat's network helpers, hardhat-viem, Ignition and viem's public, wallet and test clients ask a development chain for. */
const called = [
  ...[
    "eth_accounts",
    "eth_blobBaseFee",
    "eth_blockNumber",
    "eth_call",
    "eth_chainId",
    "eth_estimateGas",
    "eth_feeHistory",
    "eth_gasPrice",
  ],
  ...[
    "eth_getBalance",
    "eth_getBlockByHash",
    "eth_getBlockByNumber",
    "eth_getBlockReceipts",
    "eth_getBlockTransactionCountByHash",
  ],
  ...[
    "eth_getBlockTransactionCountByNumber",
    "eth_getCode",
    "eth_getFilterChanges",
    "eth_getFilterLogs",
    "eth_getLogs",
    "eth_getProof",
  ],
  ...[
    "eth_getRawTransactionByHash",
    "eth_getStorageAt",
    "eth_getTransactionByBlockHashAndIndex",
    "eth_getTransactionByBlockNumberAndIndex",
  ],
  ...[
    "eth_getTransactionByHash",
    "eth_getTransactionCount",
    "eth_getTransactionReceipt",
    "eth_maxPriorityFeePerGas",
    "eth_mining",
  ],
  ...[
    "eth_newBlockFilter",
    "eth_newFilter",
    "eth_newPendingTransactionFilter",
    "eth_requestAccounts",
    "eth_sendRawTransaction",
  ],
  ...[
    "eth_sendRawTransactionSync",
    "eth_sendTransaction",
    "eth_sendUnsignedTransaction",
    "eth_sign",
    "eth_signTypedData_v4",
    "eth_subscribe",
  ],
  ...[
    "eth_syncing",
    "eth_uninstallFilter",
    "eth_unsubscribe",
    "evm_increaseTime",
    "evm_mine",
    "evm_revert",
    "evm_setAutomine",
  ],
  ...[
    "evm_setBlockGasLimit",
    "evm_setIntervalMining",
    "evm_setNextBlockTimestamp",
    "evm_snapshot",
    "net_listening",
    "net_peerCount",
  ],
  ...[
    "net_version",
    "personal_sign",
    "txpool_content",
    "txpool_inspect",
    "txpool_status",
    "web3_clientVersion",
    "web3_sha3",
  ],
];

/** What viem's test client and Hardhat's helpers ask for under the prefix of the client they talk to. */
const prefixed = [
  ...[
    "dropTransaction",
    "getAutomine",
    "impersonateAccount",
    "metadata",
    "mine",
    "setBalance",
    "setCode",
    "setCoinbase",
    "setLoggingEnabled",
  ],
  ...["setMinGasPrice", "setNextBlockBaseFeePerGas", "setNonce", "setStorageAt", "stopImpersonatingAccount"],
];

describe("the method table", () => {
  it("has every method that the tools call", () => {
    const wanted = [
      ...called,
      ...prefixed.flatMap((name) => [`hardhat_${name}`, `anvil_${name}`]),
      "hardhat_setPrevRandao",
      "anvil_nodeInfo",
    ];
    expect(wanted.filter((name) => methodTable[name] === undefined)).to.deep.equal([]);
  });

  it("lists required parameters before optional ones, each named once, and ends each summary with a full stop", () => {
    for (const [name, { params, summary }] of Object.entries(methodTable)) {
      const optional = params.map((param) => param.optional);
      expect(optional, name).to.deep.equal([...optional].sort((a, b) => Number(a) - Number(b)));
      expect(new Set(params.map((param) => param.name)).size, name).to.equal(params.length);
      expect(summary, name).to.match(/^[A-Z].*\.$/s);
    }
  });

  it("has the namespaces that rpc_modules names", async () => {
    const named = Object(await sessionOn(testChain().chain).request("rpc_modules", []));
    const own = Object.entries(methodTable).flatMap(([name, { aliasOf }]) =>
      aliasOf === undefined ? [name.slice(0, name.indexOf("_"))] : [],
    );
    expect(Object.keys(named).sort()).to.deep.equal([...new Set(own)].sort());
  });

  it("lets an alias stand for the method it names", () => {
    for (const { aliasOf, run } of Object.values(methodTable)) {
      if (aliasOf !== undefined) expect(methodTable[aliasOf]?.run).to.equal(run);
    }
  });
});
