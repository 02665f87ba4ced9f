import type { RpcContext } from "../context.ts";
import type { RpcMethod } from "../method.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";

/** Methods of other nodes that make no sense on this chain, with what to do instead. */
const reasons = {
  anvil_impersonateSignature: "ecrecover is Ethereum's own here: sign with a key, or impersonate the sender",
  anvil_setRpcUrl: "the node reads from no other node: start it with a fork",
  anvil_setFeeToken: "fees are paid in ether here",
  anvil_setValidatorFeeToken: "fees are paid in ether here",
  anvil_setFeeAmmLiquidity: "fees are paid in ether here",
  eth_getWork: "nothing is mined by work here: evm_mine makes a block",
  eth_submitWork: "nothing is mined by work here: evm_mine makes a block",
  eth_submitHashrate: "nothing is mined by work here: evm_mine makes a block",
} as const;

function refused(name: string, reason: string): RpcMethod<RpcContext> {
  return {
    summary: `Always refused: ${reason}.`,
    params: [],
    run() {
      throw new RpcError(rpcErrorCodes.methodNotSupported, `The method ${name} is not supported: ${reason}`, {
        data: { reason: "METHOD_NOT_SUPPORTED", method: name },
      });
    },
  };
}

/** Refusals that say why, instead of "no such method". */
export const refusedMethods: Readonly<Record<keyof typeof reasons, RpcMethod<RpcContext>>> = {
  anvil_impersonateSignature: refused("anvil_impersonateSignature", reasons.anvil_impersonateSignature),
  anvil_setRpcUrl: refused("anvil_setRpcUrl", reasons.anvil_setRpcUrl),
  anvil_setFeeToken: refused("anvil_setFeeToken", reasons.anvil_setFeeToken),
  anvil_setValidatorFeeToken: refused("anvil_setValidatorFeeToken", reasons.anvil_setValidatorFeeToken),
  anvil_setFeeAmmLiquidity: refused("anvil_setFeeAmmLiquidity", reasons.anvil_setFeeAmmLiquidity),
  eth_getWork: refused("eth_getWork", reasons.eth_getWork),
  eth_submitWork: refused("eth_submitWork", reasons.eth_submitWork),
  eth_submitHashrate: refused("eth_submitHashrate", reasons.eth_submitHashrate),
};
