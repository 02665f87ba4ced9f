import type { RepairResult } from "../../store/durable/index.ts";

/** What the task says to people. */
export interface Words {
  listening(url: string, socketUrl: string): string;
  chainId(id: bigint): string;
  accounts(count: number): string;
  account(index: number, address: string, ether: string): string;
  privateKey(key: string): string;
  warning: string;
  connect(networkName: string): string;
  stop: string;
  stopKept(folder: string, block: bigint): string;
  stopping: string;
  stopped: string;
  /** The node is reachable from other machines and keeps its accounts to itself. */
  guarded: string;
  refused(message: string): string;
  portInUse(hostname: string, port: number): string;
  listenFailed(reason: string): string;
  badPort(port: number): string;
  badLogLevel(level: string, levels: readonly string[]): string;
  badOption(reason: string): string;
  needsData(option: string): string;
  damaged(reason: string, folder: string): string;
  dataRefused(reason: string): string;
  repaired(result: RepairResult): string;
  forkedFrom(chainId: bigint, block: bigint, url: string): string;
  /** Does not show it: it may hold a key. */
  badForkUrl: string;
  badForkBlock(text: string): string;
  forkCacheTwice: string;
  forkMissing(names: string): string;
  forkBlockUnknown(block: string, latest: string): string;
  remoteUnreachable(url: string, reason: string): string;
  remoteBusy(url: string, reason: string): string;
  remoteRefused(url: string, method: string, reason: string): string;
  remoteStateMissing(url: string): string;
  remoteMalformed(url: string, method: string): string;
}

const en: Words = {
  listening: (url, socketUrl) => `Serving the chain on ${url} and ${socketUrl}`,
  chainId: (id) => `Chain id ${id}`,
  accounts: (count) => `The ${count} accounts:`,
  account: (index, address, ether) => `#${index} ${address} (${ether} ETH)`,
  privateKey: (key) => `   private key ${key}`,
  warning: "These keys are public knowledge. Whatever is sent to these accounts on another network is lost.",
  connect: (networkName) => `In another terminal: npx hardhat test --network ${networkName}`,
  stop: "Ctrl+C stops the node; the chain is not kept. --data FOLDER keeps one.",
  stopKept: (folder, block) => `The chain is kept in ${folder} and stands at block ${block}. Ctrl+C stops the node.`,
  stopping: "Answering what has arrived, then stopping.",
  stopped: "Stopped.",
  guarded:
    "Other machines reach this address: the unlocked accounts and the development methods are not served. --unsafe serves them all the same.",
  refused: (message) => `refused: ${message}`,
  portInUse: (hostname, port) =>
    `Port ${port} of ${hostname} is taken by another program. Stop that program, or choose another port: npx hardhat chain --port ${port + 1}`,
  listenFailed: (reason) => `${reason}. Choose an address of this machine with --hostname, or another --port.`,
  badPort: (port) => `--port is ${port}; it must be from 0 to 65535.`,
  badLogLevel: (level, levels) => `--log-level is ${level}; it must be one of ${levels.join(", ")}.`,
  badOption: (reason) => `${reason}. Change the settings of the default network in hardhat.config.ts.`,
  needsData: (option) => `${option} is about a chain that is kept: say where with --data FOLDER.`,
  damaged: (reason, folder) =>
    `${reason}.\nNothing was changed. Roll back to the last whole block: npx hardhat chain --data ${folder} --repair`,
  dataRefused: (reason) => reason,
  repaired: ({ blocks, dropped, why, damagedFile }) =>
    `Repaired: ${blocks} blocks are whole and were executed again; ${dropped === undefined ? "what followed" : dropped === 0 ? "no block" : `${dropped} blocks`} was lost${why === "" ? "" : ` (${why})`}. The damaged file is kept as ${damagedFile}.`,
  forkedFrom: (chainId, block, url) => `Forked from block ${block} of chain ${chainId}, read from ${url}`,
  badForkUrl:
    "--fork is no URL over http or https; write --fork https://host/path, the JSON-RPC endpoint to read from.",
  badForkBlock: (text) => `--fork-block is ${text}; it must be the number of a block, as 19000000 or 0x121eac0.`,
  forkCacheTwice: "--fork-cache and --no-fork-cache exclude each other: leave out one of them.",
  forkMissing: (names) => `${names} says how to fork, but not what: add --fork URL.`,
  forkBlockUnknown: (block, latest) =>
    `The chain to fork has no block ${block}; its latest is ${latest}. Choose an earlier one with --fork-block.`,
  remoteUnreachable: (url, reason) => `Cannot reach ${url}: ${reason}. Check the URL of --fork, and the network.`,
  remoteBusy: (url, reason) =>
    `${url} has no capacity (${reason}). Wait, use another endpoint, or set forking.requestsPerSecond in hardhat.config.ts.`,
  remoteRefused: (url, method, reason) => `${url} refused ${method}: ${reason}. Check the URL of --fork and its key.`,
  remoteStateMissing: (url) =>
    `${url} does not have the state of that block any more. Fork an archive node, or a newer block with --fork-block.`,
  remoteMalformed: (url, method) =>
    `${url} answered ${method} with something else. Check that --fork names an Ethereum JSON-RPC endpoint.`,
};

const zh: Words = {
  listening: (url, socketUrl) => `链已启动：${url} 与 ${socketUrl}`,
  chainId: (id) => `链标识 ${id}`,
  accounts: (count) => `${count} 个账户：`,
  account: (index, address, ether) => `#${index} ${address}（${ether} ETH）`,
  privateKey: (key) => `   私钥 ${key}`,
  warning: "这些私钥众所周知。在其他网络上转入这些账户的资产都会丢失。",
  connect: (networkName) => `在另一个终端运行：npx hardhat test --network ${networkName}`,
  stop: "按 Ctrl+C 停止；链上数据不保留。用 --data 目录 可保留。",
  stopKept: (folder, block) => `链保存在 ${folder}，当前区块 ${block}。按 Ctrl+C 停止。`,
  stopping: "正在完成已收到的请求，随后停止。",
  stopped: "已停止。",
  guarded: "其他机器可以访问此地址：不提供未加锁账户和开发方法。如确需提供，请加 --unsafe。",
  refused: (message) => `拒绝：${message}`,
  portInUse: (hostname, port) =>
    `${hostname} 的端口 ${port} 已被其他程序占用。请停止该程序，或换一个端口：npx hardhat chain --port ${port + 1}`,
  listenFailed: (reason) => `${reason}。请用 --hostname 指定本机地址，或用 --port 换一个端口。`,
  badPort: (port) => `--port 为 ${port}，应在 0 到 65535 之间。`,
  badLogLevel: (level, levels) => `--log-level 为 ${level}，应为 ${levels.join("、")} 之一。`,
  badOption: (reason) => `${reason}。请修改 hardhat.config.ts 中 default 网络的设置。`,
  needsData: (option) => `${option} 只用于保存在磁盘上的链：请用 --data 指定目录。`,
  damaged: (reason, folder) =>
    `${reason}。\n未做任何更改。回退到最后一个完整区块：npx hardhat chain --data ${folder} --repair`,
  dataRefused: (reason) => `拒绝打开链数据：${reason}`,
  repaired: ({ blocks, dropped, why, damagedFile }) =>
    `已修复：${blocks} 个区块完整并已重新执行；${dropped === undefined ? "其后的内容" : `${dropped} 个区块`}已丢失${why === "" ? "" : `（${why}）`}。损坏的文件保留为 ${damagedFile}。`,
  forkedFrom: (chainId, block, url) => `从链 ${chainId} 的区块 ${block} 分叉，数据读自 ${url}`,
  badForkUrl: "--fork 不是 http 或 https 的 URL；请写 --fork https://主机/路径，即所读取的 JSON-RPC 端点。",
  badForkBlock: (text) => `--fork-block 为 ${text}，应为区块号，例如 19000000 或 0x121eac0。`,
  forkCacheTwice: "--fork-cache 与 --no-fork-cache 不能同时使用，请去掉其中一个。",
  forkMissing: (names) => `${names} 只说明如何分叉，未说明分叉哪条链：请加 --fork URL。`,
  forkBlockUnknown: (block, latest) =>
    `要分叉的链没有区块 ${block}，最新区块为 ${latest}。请用 --fork-block 指定更早的区块。`,
  remoteUnreachable: (url, reason) => `无法连接 ${url}：${reason}。请检查 --fork 的地址和网络。`,
  remoteBusy: (url, reason) =>
    `${url} 暂时无法处理请求（${reason}）。请稍候再试、换一个端点，或在 hardhat.config.ts 中设置 forking.requestsPerSecond。`,
  remoteRefused: (url, method, reason) => `${url} 拒绝了 ${method}：${reason}。请检查 --fork 的地址及其密钥。`,
  remoteStateMissing: (url) => `${url} 已不再保存该区块的状态。请使用归档节点，或用 --fork-block 指定更新的区块。`,
  remoteMalformed: (url, method) => `${url} 对 ${method} 的回答无法识别。请确认 --fork 是以太坊 JSON-RPC 端点。`,
};

/** The task's words by language. */
export const words: Readonly<Record<string, Words>> = { en, zh };
