import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { selectorsOf } from "@banyan/app-common/deploy";
import { expect } from "chai";
import { parseAbi, toFunctionSelector } from "viem";
import {
  type FunctionRoles,
  PREPAID_CONTRACT_ROLES,
  PREPAID_FUNCTION_ROLES,
  PREPAID_ROLE_IDS,
} from "../../../apps/prepaid-code/deploy/roles.ts";
import { prepaidFixture } from "../../fixtures/prepaid.ts";

const CONTRACTS = fileURLToPath(new URL("../../../contracts", import.meta.url));

interface Source {
  readonly bases: readonly string[];
  readonly restricted: readonly string[];
  readonly deployable: boolean;
}

/** Contracts of the domain and their bases, by name: what they inherit and which of their functions are `restricted`. */
function readSources(): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const folder of ["prepaid", "common"]) {
    for (const name of readdirSync(`${CONTRACTS}/${folder}`).filter((file) => file.endsWith(".sol"))) {
      const text = readFileSync(`${CONTRACTS}/${folder}/${name}`, "utf8");
      const [, abstract, contract, bases = ""] = /\n(abstract )?contract (\w+)(?: is ([^{]+))? \{/.exec(text) ?? [];
      if (contract === undefined) continue;
      const functions = [...text.matchAll(/function (\w+)\([^)]*\)([^{;]*)\{/g)];
      sources.set(contract, {
        bases: bases.split(",").map((base) => base.trim()),
        restricted: functions.filter(([, , tail = ""]) => /\brestricted\b/.test(tail)).map(([, found = ""]) => found),
        deployable: abstract === undefined && folder === "prepaid",
      });
    }
  }
  return sources;
}

describe("the roles of the prepaid code", () => {
  it("name exactly the restricted functions of every contract", () => {
    const sources = readSources();
    const restrictedOf = (name: string): string[] => {
      const source = sources.get(name);
      return source === undefined ? [] : [...source.restricted, ...source.bases.flatMap(restrictedOf)];
    };
    const wiring: Readonly<Record<string, FunctionRoles>> = PREPAID_FUNCTION_ROLES;
    for (const [name, { deployable }] of sources) {
      if (!deployable) continue;
      const listed = Object.values(wiring[name] ?? {}).flat();
      expect(listed.sort(), name).to.deep.equal([...new Set(restrictedOf(name))].sort());
    }
    for (const name of Object.keys(wiring)) expect([...sources.keys()], name).to.include(name);
    for (const name of Object.values(PREPAID_CONTRACT_ROLES).flat()) expect([...sources.keys()]).to.include(name);
  });

  it("give each role the id that the authority knows by its name", async () => {
    const { authority } = await prepaidFixture();
    for (const [name, id] of Object.entries(PREPAID_ROLE_IDS)) {
      expect(await authority.read.labelOf([id])).to.equal(name);
    }
  });

  it("are what the authority answers after the deployment", async () => {
    const { authority, register } = await prepaidFixture();
    for (const [role, functions] of Object.entries(PREPAID_FUNCTION_ROLES.MerchantRegister)) {
      for (const selector of selectorsOf(register.abi, functions)) {
        const id = Object.entries(PREPAID_ROLE_IDS).find(([name]) => name === role)?.[1];
        expect(await authority.read.getTargetFunctionRole([register.address, selector])).to.equal(id);
      }
    }
  });
});

describe("selectorsOf", () => {
  const abi = parseAbi([
    "function once(uint256 a)",
    "function twice(uint256 a)",
    "function twice(address a)",
    "event once()",
  ]);

  it("refuses a function that the contract does not have, and one that it has twice", () => {
    for (const name of ["never", "twice"]) {
      try {
        selectorsOf(abi, ["once", name]);
      } catch (error) {
        expect(error).to.be.instanceOf(BanyanError).with.property("code", "FUNCTION_UNKNOWN");
        continue;
      }
      expect.fail(`${name} was taken`);
    }
  });

  it("gives one selector per name, in order", () => {
    expect(selectorsOf(abi, ["once"])).to.deep.equal([toFunctionSelector("once(uint256)")]);
    expect(selectorsOf(abi, [])).to.deep.equal([]);
  });
});
