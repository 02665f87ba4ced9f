/** What a replay says to people. */
export interface Words {
  readonly help: string;
  readonly whatToDo: string;
  readonly log: string;
  readonly requests: string;
  readonly mustFail: string;
  readonly unexpected: string;
  readonly ours: string;
  readonly edr: string;
  readonly ratio: string;
  readonly cpuRatio: string;
  readonly failed: string;
  readonly succeeded: string;
  progress(name: string, round: number, rounds: number, side: string): string;
  otherFork(name: string, asked: string, taken: string): string;
  expectedFromEdr(name: string): string;
  nothingExpected(name: string): string;
  surprises(name: string, shown: number, of: number): string;
  peerSurprises(name: string, shown: number, of: number): string;
  differences(name: string, count: number): string;
  verdict(logs: number, surprises: number): string;
}

const example = "npm run replay -- --log recordings/safe-contracts.jsonl.gz --rounds 5";

const english: Words = {
  help: `Usage: npm run replay -- --log FILE [--log FILE …] [options]

Replays the JSON-RPC requests that a test suite once sent to a Hardhat network, on our chain and on Hardhat's own network (EDR), in turn, each
time in a fresh process; checks that exactly the expected requests fail, and prints how long both took and the ratio. Exits with 1 if a request
failed or succeeded against the expectation, with 2 if the input cannot be read.

A log is JSON lines, plain or gzip. Line 1 is the configuration of the network that was recorded ({"providerConfig": {hardfork, chainId,
ownedAccounts, genesisState, mining, network, …}}); every other line is one request {"method", "params"} or a list of them. Requests are
counted from 0: request 0 is line 2.

Which requests must fail is read from expected-failures.json beside the log: {"name-of-the-log": [index, …]}. Without a list for a log, what
fails on Hardhat's network in the same run is the expectation.

  --log FILE          a log; may be repeated
  --expected FILE     the list of expected failures, if it does not lie beside the log; may also be a bare list, for one log
  --start DATE        time of the first block, such as 2024-03-27T00:00:00Z (default: as recorded); the clock goes on from there
  --rounds N          processes per network and log (default 3); times are medians
  --results           compare the answers as well, except for what hangs on the second in which a block was made
  --alone             our chain only
  --failures N        print the first N surprises per log (default 20); --json has all
  --json              the report as JSON on standard output
  --lang en|zh        language
  --help              print this

Example: ${example}
`,
  whatToDo: "What to do",
  log: "log",
  requests: "requests",
  mustFail: "must fail",
  unexpected: "unexpected",
  ours: "ours, s",
  edr: "Hardhat, s",
  ratio: "ratio",
  cpuRatio: "CPU ratio",
  failed: "failed, though it must not",
  succeeded: "succeeded, though it must fail",
  progress: (name, round, rounds, side) => `${name}, round ${round}/${rounds}, ${side}`,
  otherFork: (name, asked, taken) => `${name}: recorded at the fork ${asked}; our chain replays it at ${taken}.`,
  expectedFromEdr: (name) =>
    `${name}: no list of expected failures; what fails on Hardhat's network is the expectation.`,
  nothingExpected: (name) => `${name}: no list of expected failures, so nothing was judged.`,
  surprises: (name, shown, of) => `${name}: the first ${shown} of ${of} requests that went otherwise than expected:`,
  peerSurprises: (name, shown, of) =>
    `${name}: on Hardhat's network, the first ${shown} of ${of} otherwise than expected:`,
  differences: (name, count) => `${name}: ${count} answers differ.`,
  verdict: (logs, surprises) =>
    surprises === 0 ? `${logs} logs replayed, all as expected.` : `${surprises} requests went otherwise than expected.`,
};

const chinese: Words = {
  help: `用法：npm run replay -- --log 文件 [--log 文件 …] [选项]

将某个测试套件曾发给 Hardhat 网络的 JSON-RPC 请求依次在本链与 Hardhat 自带网络（EDR）上重放，每次都在新进程中进行；检查失败的请求是否恰好
是预期失败的那些，并打印两者耗时与比值。若有请求的成败与预期不符，退出码为 1；若输入无法读取，退出码为 2。

日志为 JSON Lines，可用 gzip 压缩。第 1 行是被录制网络的配置（{"providerConfig": {hardfork, chainId, ownedAccounts, genesisState, mining,
network, …}}）；其余每行是一个请求 {"method", "params"} 或请求的列表。请求从 0 计数：请求 0 在第 2 行。

哪些请求必须失败，取自日志旁的 expected-failures.json：{"日志名": [序号, …]}。若其中没有该日志，则以同一次运行中 Hardhat 网络上失败的请求为预期。

  --log 文件          日志；可重复
  --expected 文件     预期失败的列表（若不在日志旁）；只有一份日志时也可以是单纯的列表
  --start 日期        首个区块的时间，例如 2024-03-27T00:00:00Z（默认：录制时的时间）；时钟由此继续
  --rounds N          每个网络、每份日志的进程数（默认 3）；时间取中位数
  --results           同时比较应答，取决于出块秒数的内容除外
  --alone             只在本链上重放
  --failures N        每份日志打印前 N 个意外（默认 20）；--json 含全部
  --json              在标准输出上以 JSON 给出报告
  --lang en|zh        语言
  --help              打印本说明

示例：${example}
`,
  whatToDo: "处理办法",
  log: "日志",
  requests: "请求数",
  mustFail: "应失败",
  unexpected: "不符",
  ours: "本链（秒）",
  edr: "Hardhat（秒）",
  ratio: "比值",
  cpuRatio: "CPU 比值",
  failed: "失败了，但不应失败",
  succeeded: "成功了，但应失败",
  progress: (name, round, rounds, side) => `${name}，第 ${round}/${rounds} 轮，${side}`,
  otherFork: (name, asked, taken) => `${name}：录制于分叉 ${asked}；本链以 ${taken} 重放。`,
  expectedFromEdr: (name) => `${name}：没有预期失败的列表；以 Hardhat 网络上的失败为预期。`,
  nothingExpected: (name) => `${name}：没有预期失败的列表，未作判断。`,
  surprises: (name, shown, of) => `${name}：${of} 个不符预期的请求中的前 ${shown} 个：`,
  peerSurprises: (name, shown, of) => `${name}：在 Hardhat 网络上，${of} 个不符预期的请求中的前 ${shown} 个：`,
  differences: (name, count) => `${name}：${count} 个应答不同。`,
  verdict: (logs, surprises) =>
    surprises === 0 ? `已重放 ${logs} 份日志，全部符合预期。` : `${surprises} 个请求不符预期。`,
};

/** The words of a language. */
export function wordsOf(language: "en" | "zh"): Words {
  return language === "zh" ? chinese : english;
}
