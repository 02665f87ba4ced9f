import { BanyanError } from "@banyan/app-common";
import type { StoryFiles } from "@banyan/app-common/story";
import type { DeviceContracts } from "@banyan/trace-common/devices";
import { readDocument } from "@banyan/trace-common/epcis";
import { createMemoryArchive, importDocument, openTraceChain } from "@banyan/trace-common/trace";
import type { Address } from "viem";

/** What captures the documents of a story. */
export interface CaptureOptions {
  readonly contracts: DeviceContracts;
  /** The account of the platform, which the parties gave their mandates. */
  readonly platform: () => Promise<{ readonly account: Address }>;
  /** The GLN of a party that a line above has filed. */
  readonly glnOf: (party: string) => Promise<string>;
  /** The files beside the story. */
  readonly files: StoryFiles;
}

/** Makes the function that captures an EPCIS document for a party: every event of it, or the line is refused. */
export function createCapture({ contracts, platform, glnOf, files }: CaptureOptions) {
  const archive = createMemoryArchive();
  return async (by: string, file: string): Promise<void> => {
    const { account } = await platform();
    const chain = openTraceChain({
      ...{ contracts, platform: account, region: "CN", openingUntil: () => 0n },
      agentOf: () => account,
      fill: async () => {},
    });
    const report = await importDocument({
      ...{ document: readDocument(files.read(file)), chain, archive, by: await glnOf(by) },
      ...{ register: false, openingStock: false, dryRun: false },
    });
    const [refusal] = report.refusals;
    if (refusal === undefined) return;
    throw new BanyanError(
      refusal.code,
      {
        en: `${file}${refusal.pointer}: ${refusal.message.en}`,
        zh: `${file}${refusal.pointer}：${refusal.message.zh}`,
      },
      { cure: refusal.cure },
    );
  };
}
