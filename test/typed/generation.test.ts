import { expect } from "chai";
import hre from "hardhat";
import { syncFolder } from "../../tasks/support/sync-folder.ts";
import { generateProbeClient, PROBES, readFolder, SNAPSHOT } from "./support/probe-client.ts";

// UPDATE_SNAPSHOTS=1 writes what is generated now; the difference is then read in the commit.
const UPDATE = process.env.UPDATE_SNAPSHOTS === "1";

const BYTECODE = ".bytecode.ts";

describe("generation of a typed client", () => {
  let files: Map<string, string>;

  before(async () => {
    files = await generateProbeClient();
    if (UPDATE) await syncFolder(SNAPSHOT, files, { check: false });
  });

  it("emits the committed text, file by file", async () => {
    const committed = await readFolder(SNAPSHOT);
    expect([...files.keys()]).to.deep.equal([...committed.keys()]);
    for (const [name, contents] of files) {
      if (!name.endsWith(BYTECODE)) expect(contents, name).to.equal(committed.get(name));
    }
  });

  // Coverage compiles other code than is deployed otherwise.
  if (!hre.globalOptions.coverage) {
    it("emits the creation code that is committed", async () => {
      const committed = await readFolder(SNAPSHOT);
      const names = [...files.keys()].filter((name) => name.endsWith(BYTECODE));
      const stale = names.filter((name) => files.get(name) !== committed.get(name));
      expect(stale, "write them anew with UPDATE_SNAPSHOTS=1").to.deep.equal([]);
    });
  }

  it("emits the same bytes when the contracts are given in another order", async () => {
    expect(await generateProbeClient([...PROBES].reverse())).to.deep.equal(files);
  });

  it("emits one readable file per contract, the creation code beside it, shared types, errors and a barrel", () => {
    expect([...files.keys()]).to.deep.equal([
      "BindingProbe.bytecode.ts",
      "BindingProbe.ts",
      "BindingProbeDesk.bytecode.ts",
      "BindingProbeDesk.ts",
      "error-guide.ts",
      "errors.ts",
      "index.ts",
      "types.ts",
    ]);
    for (const line of (files.get("BindingProbe.ts") ?? "").split("\n")) expect(line).to.have.length.below(121);
  });

  it("gives an interface no deployment and no creation code", async () => {
    const client = await generateProbeClient(["IBindingProbe"]);
    expect([...client.keys()]).to.deep.equal([
      "IBindingProbe.ts",
      "error-guide.ts",
      "errors.ts",
      "index.ts",
      "types.ts",
    ]);
    expect(client.get("IBindingProbe.ts")).to.not.match(/deploy/i);
  });

  it("says of a function who may call it, when it refuses, in which unit and after which rule", () => {
    const text = files.get("BindingProbe.ts") ?? "";
    expect(docOf(text, "setFee"))
      .to.include("Caller: A tariff clerk.")
      .and.include("@throws `AccessManagedUnauthorized`");
    expect(docOf(text, "store"))
      .to.include("@throws `BindingProbeBadSize` when a measure is zero.")
      .and.include("Source: House rules of the store, article 3.");
    expect(docOf(text, "currentFee")).to.include("@returns The fee (unit: fen).");
    expect(docOf(text, "pay")).to.include("@throws `BindingProbeUnknownParcel`: There is no such parcel.");
  });
});

/** The comment in front of a method. */
function docOf(text: string, method: string): string {
  const [, doc = ""] = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s+${method}\\(`).exec(text) ?? [];
  return doc;
}
