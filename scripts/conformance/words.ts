/** What a run says to people. */
export interface Words {
  readonly help: string;
  readonly whatToDo: string;
  readonly folder: string;
  readonly fork: string;
  readonly failed: string;
  readonly seconds: string;
  readonly total: string;
  readonly reading: string;
  progress(files: number, of: number, passed: number, failed: number): string;
  failures(shown: number, of: number): string;
  oracleOnly(count: number): string;
  sum(passed: number, failed: number): string;
}

const options = {
  en: `  --data PLACE      a checkout of github.com/ethereum/tests, an archive of one (.tar.xz), or the folder that holds ethereum-tests.tar.xz;
                    or the unpacked fixtures of ethereum/execution-spec-tests
  --engine E        machine (default), ethereumjs, or both
  --suite S         state, trie, rlp or transaction; may be repeated (default: all)
  --filter TEXT     only cases whose file or name holds the text
  --fork F          only cases of a fork, such as cancun
  --sample N        one of N cases, always the same ones
  --jobs N          worker processes (default 1)
  --timeout SECONDS a case that takes longer has failed (default 900)
  --failures N      print the first N failures (default 20); the JSON file has all
  --json FILE       write the report as JSON
  --lang en|zh      language
  --help            print this`,
  zh: `  --data PLACE      github.com/ethereum/tests 的检出目录、其归档文件（.tar.xz），或存放 ethereum-tests.tar.xz 的目录
  --engine E        machine（默认）、ethereumjs 或 both（两者）
  --suite S         state、trie、rlp 或 transaction；可重复（默认：全部）
  --filter TEXT     只运行文件名或用例名包含该文本的用例
  --fork F          只运行某个分叉的用例，例如 cancun
  --sample N        每 N 个用例取一个，每次都取相同的用例
  --jobs N          工作进程数（默认 1）
  --timeout SECONDS 用例超过该秒数即算失败（默认 900）
  --failures N      打印前 N 个失败（默认 20）；JSON 文件包含全部
  --json FILE       将报告写成 JSON
  --lang en|zh      语言
  --help            打印本说明`,
};

const example = "npm run conformance -- --data data --filter stSStoreTest --engine both";

const english: Words = {
  help: `Usage: npm run conformance -- --data PLACE [options]

Runs the public test suites of Ethereum against the chain: GeneralStateTests on an engine, TrieTests, RLPTests and TransactionTests on the
chain's own parts. Nothing is left out: a case that cannot run, crashes or takes too long has failed. Exits with 1 if any case failed.

${options.en}

Example: ${example}
`,
  whatToDo: "What to do",
  folder: "folder",
  fork: "fork",
  failed: "failed",
  seconds: "s",
  total: "total",
  reading: "reading the data",
  progress: (files, of, passed, failed) => `${files} of ${of} files, ${passed} passed, ${failed} failed`,
  failures: (shown, of) => `The first ${shown} of ${of} failures:`,
  oracleOnly: (count) => `${count} cases fail on ethereumjs alone: there the oracle is wrong.`,
  sum: (passed, failed) => `${passed} passed, ${failed} failed`,
};

const chinese: Words = {
  help: `用法：npm run conformance -- --data PLACE [选项]

用以太坊公开测试套件检验本链：GeneralStateTests 在引擎上运行，TrieTests、RLPTests 和 TransactionTests 检验链自身的部件。
不排除任何用例：无法运行、崩溃或超时的用例都算失败。只要有用例失败，退出码即为 1。

${options.zh}

示例：${example}
`,
  whatToDo: "处理办法",
  folder: "目录",
  fork: "分叉",
  failed: "失败",
  seconds: "秒",
  total: "合计",
  reading: "正在读取数据",
  progress: (files, of, passed, failed) => `${files}/${of} 个文件，通过 ${passed}，失败 ${failed}`,
  failures: (shown, of) => `${of} 个失败中的前 ${shown} 个：`,
  oracleOnly: (count) => `有 ${count} 个用例只在 ethereumjs 上失败：这些是参照引擎自身的错误。`,
  sum: (passed, failed) => `通过 ${passed}，失败 ${failed}`,
};

/** The words of a language. */
export function wordsOf(language: "en" | "zh"): Words {
  return language === "zh" ? chinese : english;
}
