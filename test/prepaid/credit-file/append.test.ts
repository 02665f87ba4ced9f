import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CONSUMER, OPERATOR, openedFiles, RECORD, STRANGER } from "../../fixtures/credit-file.ts";
import { MISSING, NO_DIGEST, PAPER } from "../../fixtures/merchant.ts";
import { START } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

type Writer = "operator" | "consumer" | "regulator" | "stranger" | "platform";

const MAY: readonly (readonly [subject: "operator" | "consumer", kind: keyof typeof RECORD, who: readonly Writer[]])[] =
  [
    ["operator", "OPERATOR_FACT", ["operator"]],
    ["operator", "CONSUMER_FACT", []],
    ["operator", "COMPLAINT", ["consumer"]],
    ["operator", "ADMISSION", ["regulator"]],
    ["operator", "INSPECTION", ["regulator"]],
    ["operator", "ENFORCEMENT", ["regulator"]],
    ["consumer", "OPERATOR_FACT", []],
    ["consumer", "CONSUMER_FACT", ["consumer"]],
    ["consumer", "COMPLAINT", []],
    ["consumer", "ADMISSION", ["regulator"]],
    ["consumer", "INSPECTION", ["regulator"]],
    ["consumer", "ENFORCEMENT", ["regulator"]],
  ];

describe("CreditFile.append", () => {
  for (const [whose, kind, who] of MAY) {
    it(`takes ${kind} in the file of the ${whose} from ${who.length === 0 ? "nobody" : `the ${who.join()} only`}`, async () => {
      const { creditFile, accounts } = await openedFiles();
      const subject = whose === "operator" ? OPERATOR : CONSUMER;
      const writers = {
        operator: accounts.agent,
        consumer: accounts.consumer,
        regulator: accounts.regulator,
        stranger: accounts.bob,
        platform: accounts.platform,
      };
      for (const [name, account] of Object.entries(writers)) {
        const call = creditFile.write.append([subject, RECORD[kind], 0n, PAPER], { account });
        if (who.some((each) => each === name)) await call;
        else await expectRevert(call, creditFile, "CreditFileNotAllowed", [subject, RECORD[kind], account.address]);
      }
      expect(await creditFile.read.count()).to.equal(BigInt(who.length));
    });
  }

  it("refuses a subject without a file", async () => {
    const { creditFile, asRegulator } = await openedFiles();
    const call = creditFile.write.append([STRANGER, RECORD.ADMISSION, 0n, PAPER], asRegulator);
    await expectRevert(call, creditFile, "CreditFileUnknown", [STRANGER]);
  });

  it("refuses an answer to a record of another file, or of none", async () => {
    const { creditFile, asConsumer, asOperator } = await openedFiles();
    await creditFile.write.append([CONSUMER, RECORD.CONSUMER_FACT, 0n, PAPER], asConsumer);
    for (const about of [1n, 2n]) {
      const call = creditFile.write.append([OPERATOR, RECORD.OPERATOR_FACT, about, PAPER], asOperator);
      await expectRevert(call, creditFile, "CreditFileUnrelated", [OPERATOR, about]);
    }
  });

  it("refuses a record without content", async () => {
    const { creditFile, asOperator } = await openedFiles();
    const call = creditFile.write.append([OPERATOR, RECORD.OPERATOR_FACT, 0n, NO_DIGEST], asOperator);
    await expectRevert(call, creditFile, "DigestsMissing", MISSING);
  });

  it("appends records under one subject: the regulator's beside the operator's own and a complaint with its answer", async () => {
    const { creditFile, accounts, asOperator, asConsumer, asRegulator, connection, time } = await openedFiles();
    const steps = [
      [RECORD.OPERATOR_FACT, 0n, asOperator],
      [RECORD.ADMISSION, 0n, asRegulator],
      [RECORD.COMPLAINT, 0n, asConsumer],
      [RECORD.OPERATOR_FACT, 3n, asOperator],
      [RECORD.ENFORCEMENT, 3n, asRegulator],
    ] as const;
    for (const [index, [kind, about, by]] of steps.entries()) {
      const content = digestOf(`document ${index}`);
      await time.setNextBlockTimestamp(START + 1_000n + BigInt(index));
      await expectEvents(connection, creditFile.write.append([OPERATOR, kind, about, content], by), [
        event(creditFile, "CreditRecordAppended", {
          subject: OPERATOR,
          record: BigInt(index + 1),
          kind,
          author: by.account.address,
          about,
          content,
        }),
      ]);
    }
    const [records, next] = await creditFile.read.read([OPERATOR, 0n, 100n], { account: accounts.agent });
    expect(next).to.equal(0n);
    expect(records.map(({ author, ...record }) => ({ ...record, author: author.toLowerCase() }))).to.deep.equal(
      steps.map(([kind, about, by], index) => ({
        subject: OPERATOR,
        kind,
        mark: 0,
        author: by.account.address.toLowerCase(),
        recordedAt: START + 1_000n + BigInt(index),
        about,
        content: digestOf(`document ${index}`),
        markReason: NO_DIGEST,
      })),
    );
    expect(await creditFile.read.summaryOf([OPERATOR])).to.deep.equal([2n, 1n, 0n, 1n, 1n, 0n]);
    expect(await creditFile.read.summaryOf([CONSUMER])).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n]);
  });
});
