import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const CODE = lotOf(gtinOf(73), "CRAB-2030-09");
const PROVINCE = "CN-JS";
const CITY = "CN-JS-320500";
const COUNTY = "CN-JS-320500-320583";
const OTHER_CITY = "CN-JS-320100";
const [PRODUCTION, TRANSPORT, SALE] = [0, 1, 2];

system("jiangsu-agri-quality-trace", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let producer: Member;
  let carrier: Member;
  let retailer: Member;

  beforeEach(async () => {
    books = await loadTraceBooks();
    files = await layDown(books, "PRODUCE", [
      stageOf("PRODUCTION"),
      stageOf("TRANSPORT", { handover: true }),
      stageOf("SALE", { handover: true }),
    ]);
    producer = await files.join("producer");
    carrier = await files.join("carrier");
    retailer = await files.join("retailer");
    const { stages, authority, parties } = books.contracts;
    for (const [account, region] of [
      ["county system", COUNTY],
      ["other city's system", OTHER_CITY],
    ] as const) {
      const system = books.address(account);
      await authority.writeAndWait.grantRole({ roleId: 5n, account: system, executionDelay: 0 }, books.administrator);
      await stages.writeAndWait.admitSystem({ account: system, region: ascii(region) }, await books.as("platform"));
    }
    await parties.writeAndWait.setMandate({ party: producer.id, given: true }, await books.as("producer"));
  });

  const found = async (region: string) => {
    const page = await books.contracts.stages.read.recordsUnder({
      ...{ subject: CODE, region: ascii(region), cursor: 0n, limit: 100n },
    });
    return page.records.map(({ stage, system, author }) => [stage, system, author]);
  };

  it("finds what a county's system entered from its city and from the province, by the same code", async () => {
    await files.open(producer, CODE, "pond 12", "county system");
    await files.enter(producer, { subject: CODE, stage: PRODUCTION, document: "harvested" }, "county system");

    const entered = [[PRODUCTION, ascii(COUNTY), books.address("county system")]];
    for (const region of [COUNTY, CITY, PROVINCE]) expect(await found(region), region).to.deep.equal(entered);
    expect(await found(OTHER_CITY)).to.deep.equal([]);
  });

  it("shows a consumer production, transport and sale in order, wherever they were entered", async () => {
    await files.open(producer, CODE, "pond 12", "county system");
    await files.enter(producer, { subject: CODE, stage: PRODUCTION, document: "harvested" }, "county system");
    await files.takeOver(producer, carrier, { subject: CODE, stage: TRANSPORT, document: "on ice" });
    await files.takeOver(carrier, retailer, { subject: CODE, stage: SALE, document: "at the counter" });
    expect((await files.read(CODE)).map(({ stage, by }) => [stage, by])).to.deep.equal([
      [PRODUCTION, producer.id],
      [TRANSPORT, carrier.id],
      [SALE, retailer.id],
    ]);
  });

  it("lets no system enter anything for a producer that gave it no mandate", async () => {
    await books.contracts.parties.writeAndWait.setMandate(
      { party: producer.id, given: false },
      await books.as("producer"),
    );
    await expectRefusal(files.open(producer, CODE, "pond 12", "county system"), "PartyUserNotAgent", {
      ...{ party: producer.id, caller: books.address("county system") },
    });
  });
});
