import { effectiveTip } from "../executor/executor.ts";
import type { Rules } from "../rules/rules.ts";
import type { Block, FeeHistory } from "../types.ts";

/**
 * Figures of `eth_feeHistory` over consecutive blocks, oldest first.
 * @param following base fee of the block after the last, if it is settled already
 */
export function feeHistoryOf(
  blocks: readonly Block[],
  percentiles: readonly number[],
  rules: Rules,
  following?: bigint,
): FeeHistory {
  const last = blocks[blocks.length - 1];
  return {
    oldestBlock: blocks[0]?.header.number ?? 0n,
    baseFeePerGas: [
      ...blocks.map(({ header }) => header.baseFeePerGas ?? 0n),
      following ?? (last === undefined ? 0n : rules.nextBaseFee(last.header)),
    ],
    gasUsedRatio: blocks.map(({ header }) =>
      header.gasLimit === 0n ? 0 : Number(header.gasUsed) / Number(header.gasLimit),
    ),
    ...blobFigures(blocks, rules),
    reward: blocks.map((block) => rewards(block, percentiles)),
  };
}

/** Prices and use of blob gas; nothing before Cancun. */
function blobFigures(
  blocks: readonly Block[],
  { blobs }: Rules,
): Pick<FeeHistory, "baseFeePerBlobGas" | "blobGasUsedRatio"> {
  if (blobs === undefined) return {};
  const last = blocks[blocks.length - 1];
  const most = Number(blobs.gasPerBlob) * blobs.maxPerBlock;
  return {
    baseFeePerBlobGas: [
      ...blocks.map(({ header }) => blobs.baseFee(header.excessBlobGas ?? 0n)),
      blobs.baseFee(last === undefined ? 0n : blobs.excessAfter(last.header)),
    ],
    blobGasUsedRatio: blocks.map(({ header }) => Number(header.blobGasUsed ?? 0n) / most),
  };
}

/** Tips at percentiles of the gas used, as geth computes them: transactions by tip, each weighing its gas. */
function rewards({ header, receipts }: Block, percentiles: readonly number[]): bigint[] {
  const tips = receipts
    .map(({ transaction, gasUsed }) => ({ tip: effectiveTip(transaction, header.baseFeePerGas ?? 0n), gasUsed }))
    .sort((a, b) => (a.tip < b.tip ? -1 : a.tip > b.tip ? 1 : 0));
  return percentiles.map((percentile) => {
    const threshold = (Number(header.gasUsed) * percentile) / 100;
    let sum = 0;
    for (const { tip, gasUsed } of tips) {
      sum += Number(gasUsed);
      if (sum >= threshold) return tip;
    }
    return 0n;
  });
}
