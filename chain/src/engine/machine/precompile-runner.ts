import type { State } from "../../state/state.ts";
import type { Address } from "../../types.ts";
import type { Precompile, PrecompileCall, PrecompileCallResult, PrecompileContext } from "../precompiles/precompile.ts";
import { setFrameGas, viewFrame } from "./frame-view.ts";
import { HALT } from "./halt-reason.ts";

const FAILURE = 0;
const SUCCESS = 1;
const REVERT = 2;
const TOO_DEEP = 3;

/**
 * Runs the precompiled contract that a frame record is addressed to: charges, runs, leaves output and gas in the machine.
 * @returns what the machine expects: 0 failure, 1 success, 2 revert
 */
export function createPrecompileRunner(
  state: State,
  precompiles: ReadonlyMap<Address, Precompile>,
): (record: number) => number {
  const { machine } = state;
  const { exports } = machine;
  return (record) => {
    const frame = viewFrame(machine, record);
    const precompile = precompiles.get(frame.codeAddress);
    if (precompile === undefined) return fail(HALT.PRECOMPILE);
    const price = precompile.gas(frame.data);
    if (price === undefined || price > frame.gas) return fail(HALT.OUT_OF_GAS);
    let gasLeft = frame.gas - price;

    const context: PrecompileContext = {
      caller: frame.caller,
      self: frame.self,
      value: frame.value,
      isStatic: frame.isStatic,
      get gasLeft() {
        return gasLeft;
      },
      state,
      call(request) {
        const result = callBack(request, gasLeft, frame.isStatic);
        gasLeft -= result.gasUsed;
        return result;
      },
    };
    const result = precompile.run(frame.data, context);
    if (result.kind === "failure") return fail(HALT.PRECOMPILE);
    gasLeft -= result.gasUsed ?? 0n;
    if (gasLeft < 0n) return fail(HALT.OUT_OF_GAS);
    setFrameGas(machine, record, gasLeft);
    // Only now: making room may move memory under the feet of what was read before.
    const { data } = result;
    const output = exports.reserveOutput(data.length);
    machine.set(output, data);
    if (result.kind === "return") return SUCCESS;
    exports.setHaltReason(HALT.REVERT);
    return REVERT;
  };

  function fail(reason: number): number {
    exports.setHaltReason(reason);
    return FAILURE;
  }

  function callBack(request: PrecompileCall, gasLeft: bigint, isStatic: boolean): PrecompileCallResult {
    const gasLimit = request.gasLimit < gasLeft ? request.gasLimit : gasLeft;
    const refused = { success: false, gasUsed: 0n, returnData: new Uint8Array(0) };
    const staticCall = isStatic || request.isStatic;
    if (staticCall && request.value > 0n) return refused;
    const record = exports.frame.value;
    const { self } = viewFrame(machine, record);
    if (request.value > state.getBalance(self)) return refused;
    const input = exports.callBackInput(request.data.length);
    machine.set(input, request.data);
    machine.writeAddress(exports.message.value + 32, request.to);
    machine.writeWord(exports.message.value + 64, request.value);
    const outcome = exports.callBack(gasLimit, request.data.length, staticCall ? 1 : 0);
    if (outcome === TOO_DEEP) return refused;
    const left = BigInt.asUintN(64, exports.gasLeft(record + 256));
    const output = exports.returnArea.value;
    return {
      success: outcome === SUCCESS,
      gasUsed: gasLimit - left,
      returnData: machine.slice(output, exports.returnSize.value),
    };
  }
}
