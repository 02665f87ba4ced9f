import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import { EVM, getActivePrecompiles } from "@nomicfoundation/ethereumjs-evm";
import { measureCalls } from "./measure-calls.ts";

const POINT_EVALUATION = 10;
const common = Common.custom({ chainId: 31_337n, networkId: 31_337n }, { hardfork: Hardfork.Cancun });
const evm = new EVM({ common });
const precompiles = getActivePrecompiles(common);

await measureCalls((number) => {
  const run = precompiles.get(number.toString(16).padStart(40, "0"));
  // ethereumjs brings no KZG library of its own.
  if (run === undefined || number === POINT_EVALUATION) return undefined;
  return (data) => run({ data, gasLimit: 10n ** 12n, common, _EVM: evm });
});
