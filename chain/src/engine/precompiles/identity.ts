import { answer, gasByWords, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

/** Yellow Paper, appendix E.1: its input. */
export const identity: Precompile = {
  name: "identity",
  address: precompileAddress(4),
  gas: gasByWords(15, 3),
  run: (input) => answer(input.slice()),
};
