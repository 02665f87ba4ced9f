import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import { LegacyTransaction } from "@nomicfoundation/ethereumjs-tx";
import { Account, Address, bytesToHex, hexToBytes } from "@nomicfoundation/ethereumjs-util";
import { VM } from "@nomicfoundation/ethereumjs-vm";
import { measure } from "../lib/measure.ts";
import { deployData, plan, transferData } from "./token.ts";

const common = Common.custom({ chainId: 31337 }, { hardfork: Hardfork.Cancun });
const vm = await VM.create({ common });
const key = hexToBytes("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const sender = Address.fromPrivateKey(key);
await vm.stateManager.putAccount(sender, new Account(0n, 10n ** 24n));

let nonce = 0n;
const sign = (to: Address | undefined, data: string, gasLimit: bigint): LegacyTransaction =>
  LegacyTransaction.fromTxData(
    { nonce: nonce++, gasPrice: 10n ** 10n, gasLimit, data: hexToBytes(data), ...(to === undefined ? {} : { to }) },
    { common },
  ).sign(key);

const deployed = await vm.runTx({ tx: sign(undefined, deployData, 2_000_000n), skipHardForkValidation: true });
const token = deployed.createdAddress;
if (token === undefined) throw new Error(`the token was not deployed: ${bytesToHex(deployed.execResult.returnValue)}`);

// Signed beforehand: a chain with unlocked accounts does not sign either.
const transactions = Array.from({ length: plan.warmUp + plan.steps }, (_, index) =>
  sign(token, transferData(index), 100_000n),
);
console.log(
  await measure(async (index) => {
    const tx = transactions[index];
    if (tx === undefined) throw new Error(`no transaction ${index}`);
    const { execResult } = await vm.runTx({ tx, skipHardForkValidation: true });
    if (execResult.exceptionError !== undefined) throw new Error(execResult.exceptionError.error);
  }, plan),
);
