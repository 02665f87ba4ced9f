import type { FeeHistory } from "../types.ts";
import { malformed } from "./remote-failure.ts";
import { createDecoder } from "./remote-json.ts";

/** @throws ChainError `REMOTE_MALFORMED` */
export function decodeFeeHistory(url: string, answer: unknown): FeeHistory {
  const method = "eth_feeHistory";
  const decode = createDecoder(url, method);
  const history = decode.object(answer);
  return {
    oldestBlock: decode.quantity(history.oldestBlock),
    baseFeePerGas: decode.list(history.baseFeePerGas ?? []).map(decode.quantity),
    gasUsedRatio: decode.list(history.gasUsedRatio ?? []).map((ratio) => {
      if (typeof ratio !== "number") throw malformed(url, method, "a ratio that is no number");
      return ratio;
    }),
    reward: decode.list(history.reward ?? []).map((tips) => decode.list(tips).map(decode.quantity)),
  };
}
