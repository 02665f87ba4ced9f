import { expect } from "chai";
import hre from "hardhat";
import { artifactsDirOf, createCompilationLoader, readArtifactFile } from "../../tasks/contract-model/compilation.ts";
import { inheritNatSpec, parseNatSpec } from "../../tasks/contract-model/natspec.ts";
import { readContract } from "../../tasks/contract-model/read-contract.ts";
import type { ContractModel } from "../../tasks/contract-model/types.ts";

describe("documentation read from the contracts", () => {
  describe("parsing a comment", () => {
    it("keeps every repeated tag apart, and joins the lines of one", () => {
      const doc = parseNatSpec(
        "@notice Does it.\n Twice.\n @custom:error FooBad when bad\n @custom:error FooWorse when\n worse\n @custom:unit fee fen\n @custom:unit mass g",
      );
      expect(doc.notice).to.equal("Does it. Twice.");
      expect(doc.errors).to.deep.equal([
        { name: "FooBad", condition: "when bad" },
        { name: "FooWorse", condition: "when worse" },
      ]);
      expect([...doc.units]).to.deep.equal([
        ["fee", "fen"],
        ["mass", "g"],
      ]);
    });

    it("takes text without a tag for the notice, and a blank line for a new paragraph", () => {
      expect(parseNatSpec("Does it.\n\n And more.").notice).to.equal("Does it.\n\nAnd more.");
      expect(parseNatSpec("@dev One.\n\n Two.").details).to.equal("One.\n\nTwo.");
    });

    it("reads units by name, several in one line, or for the one value that there is", () => {
      const units = (text: string): unknown => [...parseNatSpec(`@custom:unit ${text}`).units];
      expect(units("fee fen")).to.deep.equal([["fee", "fen"]]);
      expect(units("amount: fen; from, to: s")).to.deep.equal([
        ["amount", "fen"],
        ["from", "s"],
        ["to", "s"],
      ]);
      expect(units("balance and result: fen, rounded up")).to.deep.equal([
        ["balance", "fen, rounded up"],
        ["result", "fen, rounded up"],
      ]);
      expect(units("fen, rounded up")).to.deep.equal([["result", "fen, rounded up"]]);
      expect(units("return fen")).to.deep.equal([["result", "fen"]]);
    });

    it("says nothing where nothing is written", () => {
      const doc = parseNatSpec(undefined);
      expect(doc).to.deep.equal({ params: new Map(), returns: [], errors: [], units: new Map(), sources: [] });
    });
  });

  it("inherits what an override does not say, under the override's parameter names", () => {
    const base = parseNatSpec("@notice Base.\n@param a first\n@custom:unit a fen\n@custom:caller the base's caller");
    const own = parseNatSpec("@notice Own.");
    const doc = inheritNatSpec(own, base, new Map([["a", "amount"]]));
    expect(doc.notice).to.equal("Own.");
    expect(doc.caller).to.equal("the base's caller");
    expect([...doc.params]).to.deep.equal([["amount", "first"]]);
    expect([...doc.units]).to.deep.equal([["amount", "fen"]]);
  });

  describe("of a compiled contract", () => {
    let probe: ContractModel;
    let desk: ContractModel;

    before(async () => {
      const read = async (name: string): Promise<ContractModel> => {
        const file = await hre.artifacts.getArtifactPath(name);
        const artifact = readArtifactFile(file);
        return readContract(artifact, createCompilationLoader(artifactsDirOf(file))(artifact));
      };
      probe = await read("BindingProbe");
      desk = await read("BindingProbeDesk");
    });

    it("comes from the interface for the contract, its functions and its public variables", () => {
      expect(probe.doc.title).to.equal("What the generator of typed clients must be able to express");
      expect(functionOf(probe, "release").doc.caller).to.equal("the owner of the parcel");
      expect(functionOf(probe, "currentFee").outputs.map(({ text, unit }) => ({ text, unit }))).to.deep.equal([
        { text: "the fee", unit: "fen" },
      ]);
    });

    it("knows the errors that a function documents, and those that only its code reaches", () => {
      expect(functionOf(probe, "release").errors.map(({ name, documented }) => [name, documented])).to.deep.equal([
        ["BindingProbeUnknownParcel", true],
        ["BindingProbeNotOwner", true],
      ]);
      // Through a private function, a modifier of a library's contract, and another contract.
      expect(functionOf(probe, "pay").errors.map(({ name }) => name)).to.deep.equal(["BindingProbeUnknownParcel"]);
      expect(functionOf(probe, "setFee").errors.map(({ name }) => name)).to.deep.equal(["AccessManagedUnauthorized"]);
      expect(functionOf(desk, "feeOf").errors.map(({ name }) => name)).to.deep.equal([
        "BindingProbeDeskClosed",
        "BindingProbeUnknownParcel",
      ]);
      expect(functionOf(probe, "parcelCount").errors).to.deep.equal([]);
    });

    it("knows what the AccessManager restricts", () => {
      expect(probe.functions.filter(({ restricted }) => restricted).map(({ name }) => name)).to.deep.equal(["setFee"]);
    });

    it("describes members of structs and enums from tags and from comments beside them, and value types", () => {
      const types = new Map(probe.types.map((type) => [type.canonicalName, type]));
      const parcel = types.get("IBindingProbe.Parcel");
      const size = types.get("IBindingProbe.Size");
      const state = types.get("IBindingProbe.ParcelState");
      expect([...types.keys()]).to.deep.equal([
        "IBindingProbe.Parcel",
        "IBindingProbe.ParcelState",
        "IBindingProbe.Size",
        "ParcelId",
      ]);
      expect(parcel?.kind === "struct" && parcel.members.map(({ text, unit }) => [text, unit])[2]).to.deep.equal([
        "what its keeping costs",
        "fen",
      ]);
      expect(size?.kind === "struct" && size.members.map(({ text }) => text)).to.deep.equal([
        "millimetres",
        "millimetres",
      ]);
      expect(state?.kind === "enum" && state.values.map(({ text }) => text)).to.deep.equal([
        "Nobody has handed it in.",
        "In the store.",
        "Given out.",
      ]);
      expect(types.get("ParcelId")?.text).to.equal("The id of a parcel, counted from 1.");
    });

    it("keeps an error's meaning, cure and declaring interface", () => {
      const error = probe.errors.find(({ name }) => name === "BindingProbeBadSize");
      expect(error?.declaredIn).to.equal("IBindingProbe");
      expect(error?.source).to.equal("contracts/mocks/interfaces/IBindingProbe.sol");
      expect(error?.doc.cure).to.equal("Give a width and a height above zero.");
      expect(error?.selector).to.equal("0x63783711");
    });
  });
});

function functionOf(contract: ContractModel, key: string): ContractModel["functions"][number] {
  const found = contract.functions.find((item) => item.key === key);
  if (found === undefined) throw new Error(`${contract.name} has no ${key}`);
  return found;
}
