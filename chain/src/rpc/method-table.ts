import type { RpcContext } from "./context.ts";
import type { MethodTable, RpcMethod } from "./method.ts";
import { developmentMethods } from "./methods/development.ts";
import { accountMethods } from "./methods/eth-accounts.ts";
import { blockMethods } from "./methods/eth-blocks.ts";
import { executeMethods } from "./methods/eth-execute.ts";
import { filterMethods } from "./methods/eth-filters.ts";
import { stateMethods } from "./methods/eth-state.ts";
import { nodeMethods } from "./methods/node.ts";
import { poolMethods } from "./methods/txpool.ts";

const ownMethods = {
  ...nodeMethods,
  ...executeMethods,
  ...blockMethods,
  ...stateMethods,
  ...filterMethods,
  ...accountMethods,
  ...poolMethods,
  ...developmentMethods,
} satisfies MethodTable<RpcContext>;

/** Other names of the same methods: Anvil's, and an older one. */
const aliases: Readonly<Record<string, keyof typeof ownMethods>> = {
  anvil_metadata: "hardhat_metadata",
  anvil_mine: "hardhat_mine",
  anvil_snapshot: "evm_snapshot",
  anvil_revert: "evm_revert",
  anvil_increaseTime: "evm_increaseTime",
  anvil_setNextBlockTimestamp: "evm_setNextBlockTimestamp",
  anvil_setAutomine: "evm_setAutomine",
  anvil_getAutomine: "hardhat_getAutomine",
  anvil_setIntervalMining: "evm_setIntervalMining",
  anvil_setBlockGasLimit: "evm_setBlockGasLimit",
  anvil_setBalance: "hardhat_setBalance",
  anvil_setNonce: "hardhat_setNonce",
  anvil_setCode: "hardhat_setCode",
  anvil_setStorageAt: "hardhat_setStorageAt",
  anvil_impersonateAccount: "hardhat_impersonateAccount",
  anvil_stopImpersonatingAccount: "hardhat_stopImpersonatingAccount",
  anvil_setCoinbase: "hardhat_setCoinbase",
  anvil_setNextBlockBaseFeePerGas: "hardhat_setNextBlockBaseFeePerGas",
  anvil_setMinGasPrice: "hardhat_setMinGasPrice",
  anvil_dropTransaction: "hardhat_dropTransaction",
  anvil_setLoggingEnabled: "hardhat_setLoggingEnabled",
  eth_signTypedData: "eth_signTypedData_v4",
};

function withAliases(): MethodTable<RpcContext> {
  const table: Record<string, RpcMethod<RpcContext>> = { ...ownMethods };
  for (const [alias, name] of Object.entries(aliases)) table[alias] = { ...ownMethods[name], aliasOf: name };
  return table;
}

/** Every method that this chain answers. The documentation's table is generated from it. */
export const methodTable: MethodTable<RpcContext> = withAliases();
