import type { RpcContext } from "../context.ts";
import { methodsOf } from "../method.ts";

/** Makes a row of this chain's method table. */
export const method = methodsOf<RpcContext>();
