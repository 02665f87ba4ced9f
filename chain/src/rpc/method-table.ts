import type { RpcContext } from "./context.ts";
import type { MethodTable, RpcMethod } from "./method.ts";
import { keyMethods } from "./methods/accounts.ts";
import { debugMethods } from "./methods/debug.ts";
import { developmentMethods } from "./methods/development.ts";
import { accountMethods } from "./methods/eth-accounts.ts";
import { blockMethods } from "./methods/eth-blocks.ts";
import { executeMethods } from "./methods/eth-execute.ts";
import { filterMethods } from "./methods/eth-filters.ts";
import { furtherMethods } from "./methods/eth-more.ts";
import { simulateMethods } from "./methods/eth-simulate.ts";
import { stateMethods } from "./methods/eth-state.ts";
import { inspectionMethods } from "./methods/inspection.ts";
import { miningMethods } from "./methods/mining.ts";
import { nodeMethods } from "./methods/node.ts";
import { otterscanMethods } from "./methods/otterscan.ts";
import { parityMethods } from "./methods/parity-traces.ts";
import { protocolMethods } from "./methods/protocol.ts";
import { refusedMethods } from "./methods/refused.ts";
import { reorganisationMethods } from "./methods/reorganisation.ts";
import { stateEditMethods } from "./methods/state-edits.ts";
import { poolMethods } from "./methods/txpool.ts";

const ownMethods = {
  ...nodeMethods,
  ...executeMethods,
  ...blockMethods,
  ...stateMethods,
  ...filterMethods,
  ...accountMethods,
  ...poolMethods,
  ...debugMethods,
  ...simulateMethods,
  ...parityMethods,
  ...otterscanMethods,
  ...inspectionMethods,
  ...developmentMethods,
  ...miningMethods,
  ...stateEditMethods,
  ...keyMethods,
  ...furtherMethods,
  ...protocolMethods,
  ...reorganisationMethods,
  ...refusedMethods,
} satisfies MethodTable<RpcContext>;

/** Other names of the same methods: those of other nodes, and older ones. */
const aliases: Readonly<Record<string, keyof typeof ownMethods>> = {
  anvil_metadata: "hardhat_metadata",
  anvil_mine: "hardhat_mine",
  anvil_snapshot: "evm_snapshot",
  anvil_revert: "evm_revert",
  anvil_increaseTime: "evm_increaseTime",
  anvil_setNextBlockTimestamp: "evm_setNextBlockTimestamp",
  anvil_setAutomine: "evm_setAutomine",
  anvil_getAutomine: "hardhat_getAutomine",
  anvil_setBlockGasLimit: "evm_setBlockGasLimit",
  anvil_setBalance: "hardhat_setBalance",
  anvil_setCode: "hardhat_setCode",
  anvil_setStorageAt: "hardhat_setStorageAt",
  anvil_impersonateAccount: "hardhat_impersonateAccount",
  anvil_stopImpersonatingAccount: "hardhat_stopImpersonatingAccount",
  anvil_setCoinbase: "hardhat_setCoinbase",
  anvil_setNextBlockBaseFeePerGas: "hardhat_setNextBlockBaseFeePerGas",
  anvil_setMinGasPrice: "hardhat_setMinGasPrice",
  anvil_dropTransaction: "hardhat_dropTransaction",
  anvil_setLoggingEnabled: "hardhat_setLoggingEnabled",
  anvil_setNextBlockPrevRandao: "hardhat_setPrevRandao",
  anvil_setPrevRandao: "hardhat_setPrevRandao",
  anvil_mine_detailed: "evm_mine_detailed",
  anvil_mineDetailed: "evm_mine_detailed",
  anvil_setTime: "evm_setTime",
  anvil_reset: "hardhat_reset",
  anvil_setERC20Balance: "anvil_dealERC20",
  hardhat_dealERC20: "anvil_dealERC20",
  hardhat_addBalance: "anvil_addBalance",
  hardhat_autoImpersonateAccount: "anvil_autoImpersonateAccount",
  hardhat_dropAllTransactions: "anvil_dropAllTransactions",
  hardhat_dumpState: "anvil_dumpState",
  hardhat_loadState: "anvil_loadState",
  tenderly_setBalance: "hardhat_setBalance",
  tenderly_addBalance: "anvil_addBalance",
  evm_setAccountCode: "hardhat_setCode",
  miner_setEtherbase: "hardhat_setCoinbase",
  miner_setGasPrice: "hardhat_setMinGasPrice",
  personal_signTransaction: "eth_signTransaction",
  erigon_getHeaderByNumber: "eth_getHeaderByNumber",
  eth_networkId: "net_version",
  eth_signTypedData: "eth_signTypedData_v4",
  eth_signTypedData_v3: "eth_signTypedData_v4",
};

function withAliases(): MethodTable<RpcContext> {
  const table: Record<string, RpcMethod<RpcContext>> = { ...ownMethods };
  for (const [alias, name] of Object.entries(aliases)) table[alias] = { ...ownMethods[name], aliasOf: name };
  return table;
}

/** Every method that this chain answers. The documentation's table is generated from it. */
export const methodTable: MethodTable<RpcContext> = withAliases();
