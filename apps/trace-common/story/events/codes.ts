import { document, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { CodeVerdict } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { code, region } from "../fields.ts";
import { compare } from "./expectations.ts";

/** The most codes of one call. */
const CODES_OF_CALL = 50;

/** Codes: of imported frozen food at the first cold store, and what a scan tells. */
export const codeEvents: readonly EventKind[] = [
  defineEvent(
    "registerCodes",
    {
      en: "The first cold store of a province registers codes of imported frozen food: of lots, or of packages.",
      zh: "省内首站冷库登记进口冷冻食品的批次或包装编码。",
    },
    z.strictObject({ store: name, place: code, codes: z.array(code).min(1).max(1_000), papers: document }),
    async (play, event) => {
      const { frozenCodes, parties } = play.contracts;
      const place = await parties.read.placeByKey({ key: event.place });
      const sender = await play.asAgent(event.store);
      const papers = play.digest(event.papers);
      for (let start = 0; start < event.codes.length; start += CODES_OF_CALL) {
        const codes = event.codes.slice(start, start + CODES_OF_CALL);
        await frozenCodes.writeAndWait.register({ store: play.party(event.store), place, codes, papers }, sender);
      }
    },
  ),
  defineEvent(
    "scan",
    {
      en: "A buyer scans a code somewhere; the verdict, and how often it was scanned, are compared where they are stated.",
      zh: "消费者在某地扫码；如写明结论和累计次数则予核对。",
    },
    z.strictObject({
      code,
      by: name,
      region,
      verdict: parseEnum(CodeVerdict).optional(),
      scans: z.number().int().positive().optional(),
    }),
    async (play, event) => {
      const outcome = await play.contracts.scans.writeAndWait.scan(
        { object: event.code, region: event.region, scanner: play.digest(event.by) },
        await play.as(event.by),
      );
      const scanned = outcome.event("CodeScanned");
      compare(
        `scan by ${event.by}`,
        { verdict: event.verdict, scans: event.scans },
        { verdict: scanned.args.verdict, scans: Number(scanned.args.count) },
      );
    },
  ),
];
