import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const FEATURES = ascii("MULTIMODAL");
const VASE = assetOf("VASE-0001");
const SAME_VASE = assetOf("VASE-0777");
const CODE = digest("shape, colour and sound of the vase").value;

system("multimodal-product-traceability", () => {
  let books: TraceBooks;
  let registrars: readonly number[];

  beforeEach(async () => {
    books = await loadTraceBooks();
    const { fingerprints } = books.contracts;
    registrars = [await books.file("first office"), await books.file("second office")];
    await fingerprints.writeAndWait.defineMethod(
      { method: FEATURES, tolerance: 7, description: digest("features of three sensors") },
      await books.as("platform"),
    );
    for (const party of registrars) {
      await fingerprints.writeAndWait.admit({ method: FEATURES, party, admitted: true }, await books.as("platform"));
    }
  });

  const register = async (office: 0 | 1, subject = VASE, code = CODE) =>
    await books.contracts.fingerprints.writeAndWait.register(
      { by: registrars[office] ?? 0, method: FEATURES, subject, code, evidence: digest(`file of ${subject}`) },
      await books.as(office === 0 ? "first office" : "second office"),
    );

  it("refuses an object whose features are registered, under whatever name and by whichever office", async () => {
    await register(0);
    const again = (await books.contracts.fingerprints.read.fingerprintOf({ method: FEATURES, subject: VASE })).code;
    expect(again).to.equal(CODE);
    const seenAgain = `0x${(BigInt(CODE) ^ ((1n << 200n) + 1n)).toString(16).padStart(64, "0")}` as const;
    for (const office of [0, 1] as const) {
      await expectRefusal(register(office, SAME_VASE, seenAgain), "FingerprintRegisterDuplicate", {
        ...{ method: FEATURES, subject: VASE, distance: 2n },
      });
    }
    // And one name holds one thing.
    await expectRefusal(register(1, VASE, digest("another vase").value), "FingerprintRegisterExists", {
      ...{ method: FEATURES, subject: VASE },
    });
  });

  it("is one identity in every trust domain: a domain's own number leads to the thing registered once", async () => {
    const { fingerprints } = books.contracts;
    await register(0);
    const museum = await books.file("museum");
    const insurer = await books.file("insurer");
    const recognise = async (name: string, by: number, number: string, subject = VASE) =>
      await fingerprints.writeAndWait.recognise(
        { by, subject, localNumber: digest(number).value },
        await books.as(name),
      );
    await recognise("museum", museum, "inventory 12");
    await recognise("insurer", insurer, "policy 8 item 3");
    for (const [party, number] of [
      [museum, "inventory 12"],
      [insurer, "policy 8 item 3"],
    ] as const) {
      expect(await fingerprints.read.subjectOf({ party, localNumber: digest(number).value })).to.equal(VASE);
    }
    await expectRefusal(recognise("museum", museum, "inventory 13"), "FingerprintRegisterNumberTaken", {
      ...{ party: museum, subject: VASE },
    });
    await expectRefusal(recognise("museum", museum, "inventory 14", SAME_VASE), "FingerprintRegisterUnknown", {
      subject: SAME_VASE,
    });
  });
});
