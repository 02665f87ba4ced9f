import type { AccessListEntry, Address, Chain, TransactionRequest } from "@banyan/chain";
import fc from "fast-check";
import { createEthereumRules } from "../../chain/src/rules/ethereum.ts";
import { initCode } from "./random-program.ts";
import { account, bytes, word } from "./support.ts";

/** One transaction of a random sequence; addresses are drawn from what exists when its turn comes. */
export const action = fc.record({
  kind: fc.constantFrom("deploy", "call", "call", "call", "transfer", "precompile"),
  init: initCode,
  sender: fc.integer({ min: 0, max: 2 }),
  target: fc.nat(),
  arguments: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  value: fc.constantFrom(0n, 1n, 10n ** 18n),
  /** Beyond what the transaction costs before it runs. */
  gas: fc.constantFrom(0n, 700n, 20_000n, 100_000n, 400_000n, 2_000_000n),
  envelope: fc.constantFrom("legacy", "accessList", "feeMarket"),
  listed: fc.array(fc.record({ target: fc.nat(), slots: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }) }), {
    maxLength: 2,
  }),
});
/** See {@link action}. */
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const rules = createEthereumRules({ allowUnlimitedContractSize: false });

/** What an action sends, given the contracts there are by then. */
export function requestOf(chain: Chain, contracts: readonly Address[], one: Action): TransactionRequest {
  const known: readonly Address[] = [...contracts, account(chain, 3), "0x00000000000000000000000000000000000000aa"];
  const pick = (index: number): Address => known[index % known.length] as Address;
  const accessList = one.listed.map(
    ({ target, slots }): AccessListEntry => ({ address: pick(target), storageKeys: [...new Set(slots)].map(word) }),
  );
  const fees =
    one.envelope === "legacy"
      ? { gasPrice: 3_000_000_000n }
      : one.envelope === "accessList"
        ? { gasPrice: 3_000_000_000n, accessList }
        : { maxFeePerGas: 4_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n, accessList };
  const common = { from: account(chain, one.sender), value: one.value, ...fees };
  const words = bytes(one.arguments.map((index) => pick(index).slice(2).padStart(64, "0")).join(""));
  const request: TransactionRequest =
    one.kind === "deploy"
      ? { ...common, data: bytes(one.init) }
      : one.kind === "transfer"
        ? { ...common, to: pick(one.target) }
        : one.kind === "precompile"
          ? { ...common, to: `0x${((one.target % 9) + 1).toString(16).padStart(40, "0")}`, data: words }
          : { ...common, to: pick(one.target), data: words };
  return { ...request, gasLimit: rules.intrinsicGas(request) + one.gas };
}
