import { Common, Hardfork } from "@nomicfoundation/ethereumjs-common";
import { EVM, getActivePrecompiles } from "@nomicfoundation/ethereumjs-evm";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../../../chain/src/codec/hex.ts";
import { type Outcome, precompileAt, runOurs } from "./edr-oracle.ts";
import { scalar, word } from "./inputs.ts";

const ALL_GAS = 10n ** 12n;
const common = Common.custom({ chainId: 31_337n, networkId: 31_337n }, { hardfork: Hardfork.Cancun });
const stock = getActivePrecompiles(common);

/** Words with edge values, small numbers and zeros: most inputs reach the arithmetic. */
const words = fc
  .array(
    fc.oneof(
      scalar(0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n),
      fc.bigInt({ min: 0n, max: 64n }),
    ),
    {
      maxLength: 9,
    },
  )
  .map((values) => new Uint8Array(Buffer.concat(values.map((value) => word(value)))));

describe("precompiled contracts: ethereumjs as the oracle", () => {
  const evm = new EVM({ common });

  async function theirs(number: number, data: Uint8Array): Promise<Outcome> {
    const run = stock.get(number.toString(16).padStart(40, "0"));
    if (run === undefined) throw new Error(`ethereumjs has no precompiled contract ${number}`);
    const result = await run({ data, gasLimit: ALL_GAS, common, _EVM: evm });
    return result.exceptionError === undefined
      ? { success: true, gas: result.executionGasUsed, data: toHex(result.returnValue) }
      : { success: false, gas: undefined, data: "0x" };
  }

  // The tenth asks ethereumjs for a KZG library that it does not bring; Hardhat's own network is its oracle.
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9])
    it(`agrees on ${number}, given words and bytes at random`, () =>
      fc.assert(
        fc.asyncProperty(fc.oneof(words, fc.uint8Array({ maxLength: 250 })), async (input) => {
          const price = precompileAt("cancun", number).gas(input);
          fc.pre(price === undefined || price < 10n ** 7n);
          expect(runOurs(precompileAt("cancun", number), input)).to.deep.equal(await theirs(number, input));
        }),
        { numRuns: 100 },
      ));
});
