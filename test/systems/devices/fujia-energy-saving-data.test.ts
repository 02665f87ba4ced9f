import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PAGE,
  PartyRole,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("fujia-energy-saving-data", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let customer: number;
  let institute: number;
  let maker: number;
  let plant: number;
  let collector: Device;
  let sensor: Device;

  /** A cold-water plant of a customer: sensors speak through a collector that the platform enrolled. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    customer = await actors.party("customer");
    institute = await actors.party("test institute", [PartyRole.LABORATORY]);
    maker = await actors.party("equipment maker", [PartyRole.DEVICE_MAKER]);
    plant = await actors.group(customer, "customer");
    const device = { owner: maker, group: plant };
    collector = await actors.enrol("collector", { kind: DeviceKind.COLLECTOR, ...device });
    sensor = await actors.enrol("flow sensor", { kind: DeviceKind.SENSOR, gateway: collector, ...device });
  });

  const PARTIES = ["customer", "test institute", "equipment maker"] as const;
  const flow = (values: readonly bigint[]) => ({ source: sensor, measure: MEASURE.FLOW, values });
  const letAllIn = async () => {
    for (const reader of [institute, maker]) await actors.letIn(plant, "customer", reader);
    await actors.openReading(plant, "test institute", institute, "test of the plant");
    await actors.openReading(plant, "equipment maker", maker, "service");
  };
  const seriesFor = async (party: string) =>
    (
      await app.contracts.readings.read.series(
        { source: sensor.id, measure: MEASURE.FLOW, ...PAGE },
        await app.as(party),
      )
    ).readings;

  it("takes a sensor's reading only when the enrolled collector signed it", async () => {
    const other: Device = { name: "bought online", id: collector.id };
    await expectForged(actors.bring([await actors.signBatch(other, flow([410n]))]), app.address("collector"));
    await actors.post(collector, flow([410n, 420n]));
    const [posted] = await app.contracts.readings.events.ReadingsPosted.get();
    expect(posted?.args).to.include({ source: sensor.id, speaker: collector.id });
  });

  it("refuses a sensor that has no voice: neither a key nor an enrolled collector", async () => {
    const call = actors.enrol("mute sensor", {
      ...{ kind: DeviceKind.SENSOR, owner: maker, group: plant, gateway: sensor },
    });
    await expectRefusal(call, "DeviceRegisterNoVoice", {
      ...{ gateway: sensor.id, key: "0x0000000000000000000000000000000000000000" },
    });
  });

  it("shows customer, test body and maker the same series", async () => {
    await actors.post(collector, flow([410n, 420n]));
    await app.pass(3_600n);
    await actors.post(collector, flow([395n]));
    await letAllIn();
    const [first, ...others] = await Promise.all(PARTIES.map(seriesFor));
    expect(first?.map(({ min, max, total }) => [min, max, total])).to.deep.equal([
      [410n, 420n, 830n],
      [395n, 395n, 395n],
    ]);
    for (const other of others) expect(other).to.deep.equal(first);
  });

  it("proves every single reading of a batch, and no other", async () => {
    const { readings } = app.contracts;
    const { readingTree } = await import("@banyan/trace-common/devices");
    const signed = await actors.signBatch(collector, flow([410n, 420n, 430n, 395n, 402n]));
    const reading = (await actors.bring([signed])).event("ReadingsPosted").args.reading;
    const tree = readingTree(signed.singles);
    for (const [index, single] of signed.singles.entries()) {
      const proof = tree.proofOf(index);
      expect(await readings.read.proves({ reading, ...single, proof })).to.equal(true);
      expect(await readings.read.proves({ reading, ...single, value: single.value + 1n, proof })).to.equal(false);
    }
  });

  it("lets none of them alter, insert or delete a reading", async () => {
    const { readings } = app.contracts;
    const signed = await actors.signBatch(collector, flow([410n, 420n]));
    await actors.bring([signed]);
    await letAllIn();
    const before = await seriesFor("customer");
    for (const party of PARTIES) {
      // The same batch again, with better figures, from the account of each party.
      const better = { ...signed, batch: { ...signed.batch, min: 300n, max: 310n, total: 610n } };
      await expectRefusal(actors.bring([better], party), "DeviceReadingsOutOfSequence", {
        ...{ speaker: collector.id, expected: 2n, given: 1n },
      });
    }
    // Nor does the collector itself: what it signs next is for a time after what stands.
    const { from, to } = signed.batch;
    const past = await actors.signBatch(collector, { ...flow([300n]), from: from - 7_200n, to: from - 3_600n });
    await expectRefusal(actors.bring([past]), "DeviceReadingsWrongTime", {
      ...{ source: sensor.id, from: past.batch.from, to: past.batch.to, last: to },
    });
    expect(await seriesFor("customer")).to.deep.equal(before);
    // The contract has no function that changes what stands.
    const writers = readings.abi.filter((item) => item.type === "function" && item.stateMutability === "nonpayable");
    expect(writers.map((item) => ("name" in item ? item.name : ""))).to.have.members(["post", "setAuthority"]);
  });
});
