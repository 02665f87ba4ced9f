import { document, name } from "@banyan/app-common/story";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { code } from "../fields.ts";

/** Certificates of produce. */
export const certificateEvents: readonly EventKind[] = [
  defineEvent(
    "certify",
    {
      en: "A producer of listed produce issues a certificate for each lot: no certificate, no purchase.",
      zh: "目录内农产品的生产者为每一批次开具承诺达标合格证：无证不得收购。",
    },
    z.strictObject({ by: name, objects: z.array(code).min(1).max(200), document }),
    async (play, event) => {
      const issuer = play.party(event.by);
      const sender = await play.asAgent(event.by);
      for (const [index, object] of event.objects.entries()) {
        const certificate = play.digest(`${event.document}, ${index + 1}`);
        await play.contracts.certificates.writeAndWait.issue({ issuer, object, document: certificate }, sender);
      }
    },
  ),
];
