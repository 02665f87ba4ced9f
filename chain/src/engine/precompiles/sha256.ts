import { hash } from "node:crypto";
import { answer, gasByWords, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

/** Yellow Paper, appendix E.1: SHA-256. */
export const sha256: Precompile = {
  name: "sha256",
  address: precompileAddress(2),
  gas: gasByWords(60, 12),
  run: (input) => answer(hash("sha256", input, "buffer")),
};
