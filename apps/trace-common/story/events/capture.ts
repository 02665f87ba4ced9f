import { name } from "@banyan/app-common/story";
import { z } from "zod";
import type { EpcisEvent, ErrorReason } from "../../client/index.ts";
import { readDocument, refusalError } from "../../epcis/index.ts";
import { openTraceChain } from "../../trace/chain/open-trace-chain.ts";
import { importDocument } from "../../trace/import-document.ts";
import type { TraceChain } from "../../trace/trace-chain.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import type { Play } from "../play-context.ts";

/** EPCIS documents, captured by the party that wrote them. */
export const captureEvents: readonly EventKind[] = [
  defineEvent(
    "capture",
    {
      en: "A party captures an EPCIS 2.0 document that lies beside the story; an event that is refused stops it, what was captured before stays captured.",
      zh: "参与方采集业务文件旁的 EPCIS 2.0 文件；某一事件被拒绝则停止，此前已采集的保留。",
    },
    z.strictObject({ by: name, file: z.string().min(1).max(200) }),
    async (play, { by, file }) => {
      // What of the document an earlier run had captured, the import finds out by itself.
      play.forgetSent();
      const document = readDocument(play.read(file));
      const report = await importDocument({
        document,
        chain: await chainOf(play, by),
        archive: play.archive,
        ...{ register: false, openingStock: false, dryRun: false },
        by: play.names.fact("party", by, "gln"),
      });
      const [refusal] = report.refusals;
      if (refusal !== undefined) throw refusalError(file, refusal);
    },
  ),
];

/** The chain as the import sees it, with the party's own agent as the sender. */
async function chainOf(play: Play, by: string): Promise<TraceChain> {
  const sender = await play.asAgent(by);
  const { repository } = play.contracts;
  const chain = openTraceChain({
    contracts: play.contracts,
    platform: play.address("platform"),
    openingUntil: () => 0n,
    // A story files its parties itself.
    agentOf: () => play.address("platform"),
    fill: async () => {},
    region: "CN",
  });
  return {
    ...chain,
    async capture(party, events) {
      const args = { by: party, events: events as readonly EpcisEvent[] };
      const { receipt } = await repository.writeAndWait.capture(args, sender);
      return { gasUsed: receipt.gasUsed };
    },
    async declare(party, captured, { declarationTime, reason, corrective }) {
      const args = {
        ...{ by: party, captured: captured as EpcisEvent, declarationTime },
        ...{ reason: reason as ErrorReason, corrective },
      };
      const { receipt } = await repository.writeAndWait.declareError(args, sender);
      return { gasUsed: receipt.gasUsed };
    },
  };
}
