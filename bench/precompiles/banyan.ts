import { precompilesOf } from "../../chain/src/engine/precompiles/precompiles-of.ts";
import { CONTEXT } from "../../test/chain/engine/precompiles/context.ts";
import { measureCalls } from "./measure-calls.ts";

await measureCalls((number) => {
  const precompile = precompilesOf("cancun").find(({ address }) => Number(address) === number);
  if (precompile === undefined) return undefined;
  return (input) => {
    precompile.gas(input);
    const result = precompile.run(input, CONTEXT);
    if (result.kind !== "return") throw new Error(`${precompile.name} failed`);
  };
});
