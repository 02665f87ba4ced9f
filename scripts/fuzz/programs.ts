import { isAtLeast } from "../../chain/src/rules/fork.ts";
import { randomInitCode, randomProgram } from "./program.ts";
import type { Random } from "./random.ts";
import { COMPARED_FORKS, executionWith, numberedAddress, type Scenario, scenarioBlock } from "./scenario.ts";

const SENDER = numberedAddress("5e4de4", 1);
const CONTRACTS = [1, 2, 3, 4].map((n) => numberedAddress("c0de", n));
const PLAIN_ACCOUNT = numberedAddress("ab", 1);
const NOBODY = numberedAddress("ff", 9);

/** One transaction into random programs that call each other, themselves and precompiled contracts, with any amount of gas. */
export function programScenario(random: Random, name: string): Scenario {
  const fork = random.pick(COMPARED_FORKS);
  const targets = [...CONTRACTS, ...CONTRACTS, SENDER, PLAIN_ACCOUNT, NOBODY].map(BigInt);
  const options = { random, targets, shanghai: isAtLeast(fork, "shanghai"), cancun: isAtLeast(fork, "cancun") };
  const code = (): Uint8Array => randomProgram({ ...options, size: random.between(1, 12), nesting: 2 });
  const gasLimit = BigInt(
    random.pick([random.below(3_000), random.below(60_000), 100_000, 150_000, 200_000, 400_000]) + 60_000,
  );
  const creates = random.chance(15);
  const data = random.chance(20)
    ? random.bytes(random.below(300))
    : Uint8Array.from(
        Buffer.concat(
          Array.from({ length: 6 }, () => Buffer.from(random.pick(targets).toString(16).padStart(64, "0"), "hex")),
        ),
      );
  return {
    name,
    fork,
    block: scenarioBlock(),
    accounts: [
      ...CONTRACTS.map((address) => ({
        address,
        balance: random.pick([0n, 1n, 10n]),
        nonce: 1n,
        code: code(),
        storage: [0n, 1n, 2n].map((slot) => [slot, BigInt(random.below(4))] as const),
      })),
      { address: SENDER, balance: 10n ** 20n, nonce: 0n, code: new Uint8Array(0), storage: [] },
      { address: PLAIN_ACCOUNT, balance: 5n, nonce: 0n, code: new Uint8Array(0), storage: [] },
    ],
    actions: [
      {
        kind: "transaction",
        execution: executionWith({
          from: SENDER,
          to: creates ? undefined : CONTRACTS[0],
          gasLimit: creates ? gasLimit + 200_000n : gasLimit,
          value: BigInt(random.pick([0, 0, 1, 1_000])),
          data: creates ? randomInitCode({ ...options, size: 4, nesting: 2 }) : data,
        }),
      },
    ],
    checks: [],
  };
}
