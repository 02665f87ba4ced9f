import type { Hex } from "viem";
import { type Figures, measureInside, probedGas } from "./figures.ts";
import { type Item, repeatedInput, type Workload } from "./workload.ts";

const GAS_LIMIT: Hex = "0xe8d4a51000";

/**
 * Measures repetitions within one `eth_call` to a node that holds the workload's state, and prints the {@link Figures} as JSON.
 *
 * @param request - asks the node
 * @param speed - which of the item's counts suits the node
 */
export async function measureNode(
  request: (method: string, params: readonly unknown[]) => Promise<unknown>,
  workload: Workload,
  item: Item,
  speed: "slow" | "fast",
): Promise<void> {
  const inside = await measureInside({
    count: item.repeated[speed],
    pairs: speed === "slow" ? 3 : 7,
    async run(count) {
      const call = { from: workload.caller, to: workload.probe, data: repeatedInput(item, count), gas: GAS_LIMIT };
      return probedGas(String(await request("eth_call", [call, "latest"])));
    },
  });
  const figures: Figures = { inside };
  console.log(JSON.stringify(figures));
}
