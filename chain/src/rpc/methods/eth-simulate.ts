import { toHex } from "../../codec/hex.ts";
import { ChainError, type ChainErrorCode } from "../../errors.ts";
import type { SimulatedBlock, SimulatedCallResult } from "../../simulation/simulation.ts";
import { revertReason, vmError } from "../../trace/vm-error.ts";
import { withSender } from "../default-sender.ts";
import { toRpcError } from "../failure.ts";
import { formatBlock, formatLog, type JsonObject } from "../format.ts";
import { quantity } from "../hex.ts";
import { callRequest, stateOverrides } from "../object-params.ts";
import { block } from "../params.ts";
import { RpcError, rpcErrorCodes } from "../rpc-error.ts";
import { simulationRequest } from "../simulate-params.ts";
import { method } from "./define.ts";

/** The codes that the execution API specification gives to what a simulation refuses. */
const codes: Partial<Record<ChainErrorCode, number>> = {
  TX_NONCE_TOO_LOW: -38010,
  TX_NONCE_TOO_HIGH: -38011,
  TX_FEE_CAP_BELOW_BASE_FEE: -38012,
  TX_GAS_BELOW_INTRINSIC: -38013,
  TX_INSUFFICIENT_FUNDS: -38014,
  TX_GAS_ABOVE_BLOCK_LIMIT: -38015,
  SIMULATION_NUMBER_ORDER: -38020,
  SIMULATION_TIME_ORDER: -38021,
  OVERRIDE_SELF_MOVE: -38022,
  OVERRIDE_TARGET_TAKEN: -38023,
  TX_SENDER_NOT_EOA: -38024,
  TX_INITCODE_TOO_LARGE: -38025,
  SIMULATION_TOO_LONG: -38026,
  TX_TIP_ABOVE_FEE_CAP: rpcErrorCodes.invalidParams,
  TX_NONCE_MAX: rpcErrorCodes.internal,
};
/** An execution that failed, but did not revert. */
const VM_ERROR = -32015;

function writeCall(result: SimulatedCallResult): JsonObject {
  const { success, gasUsed, maxGasUsed, logs, returnData, haltReason } = result;
  return {
    returnData: success ? toHex(returnData) : "0x",
    logs: logs.map(formatLog),
    gasUsed: quantity(gasUsed),
    maxUsedGas: quantity(maxGasUsed),
    status: success ? "0x1" : "0x0",
    ...(haltReason === undefined ? {} : { error: writeFailure(result) }),
  };
}

function writeFailure({ haltReason = "other", returnData }: SimulatedCallResult): JsonObject {
  const message = vmError(haltReason, undefined);
  if (haltReason !== "revert") return { message, code: VM_ERROR };
  const reason = revertReason(returnData);
  return {
    message: reason === undefined ? message : `${message}: ${reason}`,
    code: rpcErrorCodes.reverted,
    data: toHex(returnData),
  };
}

function writeBlock({ block: simulated, calls }: SimulatedBlock, full: boolean): JsonObject {
  const { totalDifficulty: _total, ...fields } = formatBlock(simulated, full, false);
  return { ...fields, calls: calls.map(writeCall) };
}

/** Blocks that are not made, and what a transaction would touch. */
export const simulateMethods = {
  eth_simulateV1: method({
    summary: "Executes calls in blocks that are not made, one on top of the other, with overrides of state and blocks.",
    params: [simulationRequest, block],
    async handler({ chain, console: consoleTracer }, { returnsTransactions, ...request }, at) {
      try {
        const simulated = await chain.simulate({ ...request, block: at });
        return simulated.map((one) => writeBlock(one, returnsTransactions));
      } catch (error) {
        const code = error instanceof ChainError ? codes[error.code] : undefined;
        if (code === undefined) throw error;
        const { message, data } = toRpcError(error);
        throw new RpcError(code, message, { data, cause: error });
      } finally {
        consoleTracer.discard();
      }
    },
  }),
  eth_createAccessList: method({
    summary:
      "The accounts and slots that a transaction touches, as an access list, and the gas it uses with that list.",
    params: [callRequest, block, stateOverrides],
    async handler(context, request, at, overrides) {
      const { accessList, gasUsed, haltReason } = await context.chain.createAccessList(withSender(context, request), {
        block: at,
        ...(overrides === undefined ? {} : { stateOverrides: overrides }),
      });
      return {
        accessList: accessList.map(({ address, storageKeys }) => ({ address, storageKeys: [...storageKeys] })),
        ...(haltReason === undefined ? {} : { error: vmError(haltReason, undefined) }),
        gasUsed: quantity(gasUsed),
      };
    },
  }),
} as const;
