import type { TransferResult } from "../../../store/durable/index.ts";

/** What the tasks on kept chains say to people. */
export interface DataWords {
  needsFolder: string;
  noFile(file: string): string;
  fileThere(file: string): string;
  refused(reason: string): string;
  progress(verb: string, done: number, total: number | undefined): string;
  exporting: string;
  importing: string;
  verifying: string;
  exported(result: TransferResult, file: string): string;
  imported(result: TransferResult, folder: string): string;
  verified(result: TransferResult, folder: string): string;
}

/** Blocks and transactions in words. */
function counted({ blocks, transactions }: TransferResult): string {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  return `${count(blocks, "block")} with ${count(transactions, "transaction")}`;
}

const en: DataWords = {
  needsFolder: "Say which chain: --data FOLDER.",
  noFile: (file) => `There is no file ${file}. Make one with: npx hardhat chain export FILE --data FOLDER`,
  fileThere: (file) => `The file ${file} is there already. Choose another name, or remove it first.`,
  refused: (reason) => `Refused: ${reason}`,
  progress: (verb, done, total) => `${verb} block ${done}${total === undefined ? "" : ` of ${total}`}`,
  exporting: "Writing",
  importing: "Executing",
  verifying: "Checking",
  exported: (result, file) => `Wrote ${counted(result)} to ${file}. The last block has the hash ${result.head}.`,
  imported: (result, folder) =>
    `Executed ${counted(result)}; every root is as the file says. The chain is in ${folder}, its last block has the hash ${result.head}.`,
  verified: (result, folder) =>
    `The chain in ${folder} is whole: ${counted(result)} executed again, and every root, hash and index is as it was written. The last block has the hash ${result.head}.`,
};

const zh: DataWords = {
  needsFolder: "请用 --data 指定链所在的目录。",
  noFile: (file) => `文件 ${file} 不存在。可用 npx hardhat chain export 文件 --data 目录 生成。`,
  fileThere: (file) => `文件 ${file} 已存在。请换一个名称，或先删除该文件。`,
  refused: (reason) => `拒绝：${reason}`,
  progress: (verb, done, total) => `${verb}区块 ${done}${total === undefined ? "" : ` / ${total}`}`,
  exporting: "写出",
  importing: "执行",
  verifying: "校验",
  exported: ({ blocks, transactions, head }, file) =>
    `已将 ${blocks} 个区块、${transactions} 笔交易写入 ${file}。最后一个区块的哈希为 ${head}。`,
  imported: ({ blocks, transactions, head }, folder) =>
    `已执行 ${blocks} 个区块、${transactions} 笔交易，所有根均与文件一致。链保存在 ${folder}，最后一个区块的哈希为 ${head}。`,
  verified: ({ blocks, transactions, head }, folder) =>
    `${folder} 中的链完整：已重新执行 ${blocks} 个区块、${transactions} 笔交易，所有根、哈希与索引均与记录一致。最后一个区块的哈希为 ${head}。`,
};

/** The words by language. */
export const dataWords: Readonly<Record<string, DataWords>> = { en, zh };
