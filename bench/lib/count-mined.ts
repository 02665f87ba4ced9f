import { ask } from "./start-server.ts";
import { senderAddresses } from "./transfers.ts";

/** How many of the transfers of `signedBatches` are in blocks of a node. */
export async function countMined(url: string): Promise<number> {
  let mined = 0;
  for (const sender of senderAddresses())
    mined += Number(await ask(url, "eth_getTransactionCount", [sender, "latest"]));
  return mined;
}
