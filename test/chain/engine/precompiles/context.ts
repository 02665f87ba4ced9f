import type { PrecompileContext } from "../../../../chain/src/engine/precompiles/precompile.ts";
import { createState } from "../../../../chain/src/state/state.ts";

/** A caller that nothing is known of. */
export const CONTEXT: PrecompileContext = {
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
