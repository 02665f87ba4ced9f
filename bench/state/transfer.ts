// node bench/state/transfer.ts SLOTS: automined ERC-20 transfers of a chain whose token has SLOTS holders, each to one of them. Prints the median
// time in milliseconds as JSON.
import { createChain } from "@banyan/chain";
import { fromHex } from "../../chain/src/codec/hex.ts";
import { measure } from "../lib/measure.ts";
import { deployData, plan, transferDataTo } from "../transfer/token.ts";
import { balanceSlot, createSequence, holder } from "./slots.ts";

const slots = Number(process.argv[2]);
const { core: chain, close } = await createChain();
const [from] = chain.accounts;
if (from === undefined) throw new Error("the chain has no accounts");
const { receipt } = await chain.sendTransaction({ from, data: fromHex(deployData) });
const token = receipt?.contractAddress;
if (token === undefined) throw new Error("the token was not deployed");

const balance = `0x${(10n ** 18n).toString(16).padStart(64, "0")}` as const;
for (let index = 0; index < slots; index++) {
  const edit = chain.setStorageAt(token, balanceSlot(index), balance);
  if (edit instanceof Promise) await edit;
  if (index % 10_000 === 9_999 || index === slots - 1) await chain.mine();
}

const pick = createSequence();
const transfer = await measure(async () => {
  const result = await chain.sendTransaction({
    from,
    to: token,
    data: fromHex(transferDataTo(holder(pick(slots)))),
    gasLimit: 100_000n,
  });
  if (result.receipt?.status !== 1) throw new Error("a transfer failed");
}, plan);
close();
console.log(JSON.stringify({ transfer }));
