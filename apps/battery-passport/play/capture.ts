import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
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
  /** The folder that file names begin at. */
  readonly folder: string;
}

/** Makes the function that captures an EPCIS document for a party: every event of it, or the line is refused. */
export function createCapture({ contracts, platform, glnOf, folder }: CaptureOptions) {
  const archive = createMemoryArchive();
  return async (by: string, file: string): Promise<void> => {
    const path = join(folder, file);
    if (!existsSync(path)) {
      throw new BanyanError(
        "INPUT_MISSING",
        { en: `there is no file ${file} beside the story`, zh: `业务文件旁没有文件 ${file}` },
        { cure: { en: "Put the EPCIS document where the line names it.", zh: "请把 EPCIS 文件放到该行所写的位置。" } },
      );
    }
    const { account } = await platform();
    const chain = openTraceChain({
      ...{ contracts, platform: account, region: "CN", openingUntil: () => 0n },
      agentOf: () => account,
      fill: async () => {},
    });
    const report = await importDocument({
      ...{ document: readDocument(readFileSync(path, "utf8")), chain, archive, by: await glnOf(by) },
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
