import type { ChainError, ChainErrorCode } from "../../../index.ts";

/** The errors of kept chains in Chinese, made of their details; the chain itself speaks English. */
const zh: Readonly<Partial<Record<ChainErrorCode, (details: ChainError["details"], message: string) => string>>> = {
  DATA_EMPTY: ({ folder, path }) =>
    `${folder ?? path} 中没有链。请检查 --data，或用 npx hardhat chain --data 目录 新建`,
  DATA_NOT_EMPTY: ({ folder }) => `目录 ${folder} 中已有链。请换一个目录`,
  DATA_FOLDER: ({ folder, reason }) => `目录 ${folder} 无法使用：${reason}`,
  DATA_LOCKED: ({ folder, pid }) =>
    `目录 ${folder} 正被${pid === undefined ? "另一个进程" : `进程 ${pid} `}使用。请停止该节点，或换一个目录`,
  DATA_FORMAT: ({ path, stored, known }) =>
    `${path} 中的链格式为 ${stored}，本版本读取格式 ${known}。请用写出它的版本导出`,
  DATA_SETTINGS: ({ path, setting, stored, given }) =>
    `${path} 中的链创建时 ${setting} 为 ${stored}，现为 ${given}。请用原设置启动，或换一个目录新建`,
  DATA_DAMAGED: ({ block, path }, message) =>
    `链数据已损坏${block === undefined ? (path === undefined ? "" : `：${path}`) : `：区块 ${block}`}（${message}）`,
  FILE_MALFORMED: ({ why }) => `链文件无法使用：${why}`,
};

/** What a refusal says in a language: the chain's own English words where there are no others. */
export function reasonWords(error: ChainError, lang: string): string {
  const say = lang === "zh" ? zh[error.code] : undefined;
  return say === undefined ? error.message : `${say(error.details, error.message)} [${error.code}]`;
}
