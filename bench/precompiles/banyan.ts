import type { PrecompileContext } from "../../chain/src/engine/precompiles/precompile.ts";
import { precompilesOf } from "../../chain/src/engine/precompiles/precompiles-of.ts";
import { createState } from "../../chain/src/state/state.ts";
import { measureCalls } from "./measure-calls.ts";

const context: PrecompileContext = {
  caller: "0x00000000000000000000000000000000000000aa",
  self: "0x00000000000000000000000000000000000000bb",
  value: 0n,
  isStatic: true,
  gasLeft: 0n,
  state: createState(),
  call() {
    throw new Error("Ethereum's precompiled contracts call nobody");
  },
};

await measureCalls((number) => {
  const precompile = precompilesOf("cancun").find(({ address }) => Number(address) === number);
  if (precompile === undefined) return undefined;
  return (input) => {
    precompile.gas(input);
    const result = precompile.run(input, context);
    if (result.kind !== "return") throw new Error(`${precompile.name} failed`);
  };
});
