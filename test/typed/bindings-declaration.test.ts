import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { readDeclarations } from "../../tasks/bindings/declaration.ts";
import { syncFolder } from "../../tasks/support/sync-folder.ts";

describe("the task bindings", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "banyan-bindings-"));
  });

  afterEach(async () => await rm(root, { recursive: true }));

  describe("reading apps/<app>/bindings.json", () => {
    for (const [given, text] of [
      ["what is no JSON", "{"],
      ["a list", "[]"],
      ["no contracts", "{}"],
      ["an empty list", '{ "contracts": [] }'],
      ["a name that is a number", '{ "contracts": [1] }'],
      ["a name twice", '{ "contracts": ["A", "A"] }'],
      ["an unknown key", '{ "contracts": ["A"], "contract": ["B"] }'],
      ["errors that are no list", '{ "contracts": ["A"], "errors": "B" }'],
    ] as const) {
      it(`refuses ${given}, naming the file`, async () => {
        const file = await declare("shop", text);
        const error = await readDeclarations(root).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error).to.have.property("code", "BINDINGS_MALFORMED");
        expect(error).to.have.property("message").that.includes(file);
        expect(error).to.have.property("cure").that.includes('"contracts"');
      });
    }

    it("reads every app that has one, in the order of their names", async () => {
      await declare("shop", '{ "contracts": ["Shop"], "errors": ["Bank"] }');
      await declare("bank", '{ "contracts": ["Bank"] }');
      await mkdir(path.join(root, "apps", "empty"));
      const declarations = await readDeclarations(root);
      expect(declarations.map(({ app, contracts, errors }) => ({ app, contracts, errors }))).to.deep.equal([
        { app: "bank", contracts: ["Bank"], errors: [] },
        { app: "shop", contracts: ["Shop"], errors: ["Bank"] },
      ]);
    });
  });

  describe("writing and comparing", () => {
    it("names what differs, is missing and is superfluous, and writes nothing when it only compares", async () => {
      await writeFile(path.join(root, "same.ts"), "same");
      await writeFile(path.join(root, "old.ts"), "old");
      await writeFile(path.join(root, "gone.ts"), "gone");
      const files = new Map([
        ["same.ts", "same"],
        ["old.ts", "new"],
        ["deep/added.ts", "added"],
      ]);
      const expected = ["deep/added.ts", "gone.ts", "old.ts"];
      expect(await syncFolder(root, files, { check: true })).to.deep.equal(expected);
      expect(await readFile(path.join(root, "old.ts"), "utf8")).to.equal("old");
      expect((await readdir(root)).sort()).to.deep.equal(["gone.ts", "old.ts", "same.ts"]);

      expect(await syncFolder(root, files, { check: false })).to.deep.equal(expected);
      expect(await readFile(path.join(root, "old.ts"), "utf8")).to.equal("new");
      expect((await readdir(root)).sort()).to.deep.equal(["deep", "old.ts", "same.ts"]);
      expect(await syncFolder(root, files, { check: true })).to.deep.equal([]);
    });
  });

  async function declare(app: string, text: string): Promise<string> {
    const file = path.join(root, "apps", app, "bindings.json");
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }
});
