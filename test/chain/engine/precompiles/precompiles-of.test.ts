import { expect } from "chai";
import { precompilesOf } from "../../../../chain/src/engine/precompiles/precompiles-of.ts";
import { FORKS, type Fork, isAtLeast } from "../../../../chain/src/rules/fork.ts";
import { precompileAt } from "./edr-oracle.ts";

const numbersOf = (fork: Fork): number[] => precompilesOf(fork).map(({ address }) => Number(address));
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

describe("precompiled contracts of a fork", () => {
  it("come with the forks that brought them", () => {
    for (const fork of FORKS) {
      const last = isAtLeast(fork, "prague")
        ? 17
        : isAtLeast(fork, "cancun")
          ? 10
          : isAtLeast(fork, "istanbul")
            ? 9
            : isAtLeast(fork, "byzantium")
              ? 8
              : 4;
      expect(numbersOf(fork), fork).to.deep.equal([...upTo(last), ...(fork === "osaka" ? [0x100] : [])]);
    }
  });

  it("have addresses of twenty bytes and names of their own", () => {
    const all = precompilesOf("osaka");
    for (const { address } of all) expect(address).to.match(/^0x[0-9a-f]{40}$/);
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
  });

  it("are the same list, given the same fork again", () => {
    expect(precompilesOf("cancun")).to.equal(precompilesOf("cancun"));
  });

  it("cost what the fork's EIPs say", () => {
    const pair = new Uint8Array(192);
    expect(precompileAt("byzantium", 6).gas(pair)).to.equal(500n);
    expect(precompileAt("byzantium", 7).gas(pair)).to.equal(40_000n);
    expect(precompileAt("byzantium", 8).gas(pair)).to.equal(180_000n);
    expect(precompileAt("istanbul", 6).gas(pair)).to.equal(150n);
    expect(precompileAt("istanbul", 7).gas(pair)).to.equal(6_000n);
    expect(precompileAt("istanbul", 8).gas(pair)).to.equal(79_000n);
    expect(precompileAt("istanbul", 5).gas(pair)).to.equal(0n);
    expect(precompileAt("berlin", 5).gas(pair)).to.equal(200n);
    expect(precompileAt("osaka", 5).gas(pair)).to.equal(500n);
    for (const count of [1, 2, 128, 200]) {
      const g1 = count === 1 ? 12_000 : count === 2 ? 22_776 : Math.floor(count * 12 * 519);
      expect(precompileAt("prague", 0x0c).gas(new Uint8Array(160 * count)), `${count}`).to.equal(BigInt(g1));
      const g2 = count === 1 ? 22_500 : count === 2 ? 45_000 : Math.floor(count * 22.5 * 524);
      expect(precompileAt("prague", 0x0e).gas(new Uint8Array(288 * count)), `${count}`).to.equal(BigInt(g2));
    }
  });
});
