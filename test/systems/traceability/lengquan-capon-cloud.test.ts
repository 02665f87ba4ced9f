import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import { anytime, layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const FLOCK = lotOf(gtinOf(61), "FLOCK-7");
const [SUPPLY, BREEDING, SLAUGHTER, LOGISTICS, ENVIRONMENT, FEEDING] = [0, 1, 2, 3, 4, 5];

system("lengquan-capon-cloud", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let hatchery: Member;
  let farm: Member;
  let plant: Member;
  let carrier: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    files = await layDown(books, "CAPON-FLOCK", [
      stageOf("SUPPLY"),
      stageOf("BREEDING", { handover: true }),
      stageOf("SLAUGHTER", { handover: true, recorder: Recorder.LISTED }),
      stageOf("LOGISTICS", { handover: true }),
      anytime("ENVIRONMENT"),
      anytime("FEEDING"),
    ]);
    hatchery = await files.join("hatchery");
    farm = await files.join("farm");
    plant = await files.join("plant");
    carrier = await files.join("carrier");
    await files.list(SLAUGHTER, plant);
    await files.open(hatchery, FLOCK);
    await files.enter(hatchery, { subject: FLOCK, stage: SUPPLY, document: "800 chicks of lot 7" });
    await books.contracts.stages.writeAndWait.admitDevice(
      { device: books.address("barn sensor"), party: farm.id },
      await books.as("platform"),
    );
  });

  it("passes a flock from hatchery to farm, slaughterhouse and carrier, each time signed by who hands over", async () => {
    const { stages } = books.contracts;
    await files.takeOver(hatchery, farm, { subject: FLOCK, stage: BREEDING, document: "800 arrived" });
    await files.enter(farm, { subject: FLOCK, stage: FEEDING, document: "maize and coconut" });
    await files.takeOver(farm, plant, { subject: FLOCK, stage: SLAUGHTER, document: "792 slaughtered" });
    await files.takeOver(plant, carrier, { subject: FLOCK, stage: LOGISTICS, document: "loaded at 2 degrees" });

    const { records } = await stages.read.recordsOf({ subject: FLOCK, cursor: 0n, limit: 10n });
    expect(records.map(({ stage, from, by }) => [stage, from, by])).to.deep.equal([
      [SUPPLY, 0, hatchery.id],
      [BREEDING, hatchery.id, farm.id],
      [FEEDING, 0, farm.id],
      [SLAUGHTER, farm.id, plant.id],
      [LOGISTICS, plant.id, carrier.id],
    ]);
    expect((await stages.read.fileOf({ subject: FLOCK })).holder).to.equal(carrier.id);
  });

  it("refuses to pass a flock without the signature of the party that has it", async () => {
    const breeding = { subject: FLOCK, stage: BREEDING, document: "800 arrived" };
    await expectRefusal(files.enter(farm, breeding), "StageRecordsHandoverUnsigned", {
      subject: FLOCK,
      stage: BREEDING,
    });
    // The taker signs for itself, and somebody who handed it on before signs again.
    await expectRefusal(files.takeOver(hatchery, farm, breeding, "farm"), "StageRecordsWrongSigner", {
      ...{ party: hatchery.id, signer: books.address("farm") },
    });
    await files.takeOver(hatchery, farm, breeding);
    await expectRefusal(
      files.takeOver(hatchery, plant, { subject: FLOCK, stage: SLAUGHTER, document: "slaughtered" }),
      "StageRecordsWrongSigner",
      { party: farm.id, signer: books.address("hatchery") },
    );
    expect((await books.contracts.stages.read.fileOf({ subject: FLOCK })).holder).to.equal(farm.id);
  });

  it("tells readings of a device from what a person entered, and lets neither pass for the other", async () => {
    await files.takeOver(hatchery, farm, { subject: FLOCK, stage: BREEDING, document: "800 arrived" });
    await files.send("barn sensor", { subject: FLOCK, stage: ENVIRONMENT, document: "28 degrees, steps 41,000" });
    await files.enter(farm, { subject: FLOCK, stage: ENVIRONMENT, document: "27 degrees, by thermometer" });
    expect((await files.read(FLOCK)).slice(2).map(({ by, device }) => [by, device])).to.deep.equal([
      [farm.id, true],
      [farm.id, false],
    ]);
    const reading = { subject: FLOCK, stage: ENVIRONMENT, document: "22 degrees" };
    await expectRefusal(files.send("farm", reading), "StageRecordsNotDevice", { account: books.address("farm") });
    await expectRefusal(files.enter({ agent: "barn sensor", id: farm.id }, reading), "PartyUserNotAgent", {
      party: farm.id,
      caller: books.address("barn sensor"),
    });
    // Nobody's agent becomes a device.
    await expectRefusal(
      books.contracts.stages.writeAndWait.admitDevice(
        { device: books.address("farm"), party: farm.id },
        await books.as("platform"),
      ),
      "StageRecordsNotDevice",
      { account: books.address("farm") },
    );
  });
});
