import { accounts } from "./accounts.ts";
import { normalise, refusedSlots } from "./normalise.ts";
import type { Peer } from "./peers.ts";
import type { Played } from "./scenario.ts";

/** What is asked about each transaction and its block, by the name under which the answers are compared. */
type Question = readonly [name: string, method: string, params: readonly unknown[]];

const tracers: readonly (readonly [string, Record<string, unknown>])[] = [
  ["structLog", { enableMemory: true, enableReturnData: true }],
  ["callTracer", { tracer: "callTracer", tracerConfig: { withLog: true } }],
  ["prestateTracer", { tracer: "prestateTracer" }],
  ["prestateTracer diff", { tracer: "prestateTracer", tracerConfig: { diffMode: true } }],
  ["flatCallTracer", { tracer: "flatCallTracer" }],
  ["noopTracer", { tracer: "noopTracer" }],
];

const SLOTS = ["0x0", "0x1", "0x2", "0x3"].map((slot) => `0x${slot.slice(2).padStart(64, "0")}`);
const HEX = 16;

/** What a side does not answer, or not with what was asked. */
const notAnswered: Readonly<Record<Peer["name"], readonly string[]>> = {
  banyan: [],
  edr: [],
  anvil: ["flatCallTracer"],
};

function questionsOf({ hashes, contracts, above = 0 }: Played, other: Peer["name"]): Question[] {
  const questions: Question[] = [];
  for (const [index, hash] of hashes.entries()) {
    const height = `0x${(above + index + 1).toString(HEX)}`;
    for (const [name, options] of tracers) questions.push([name, "debug_traceTransaction", [hash, options]]);
    questions.push(
      ["transaction", "eth_getTransactionByHash", [hash]],
      ["receipt", "eth_getTransactionReceipt", [hash]],
      ["block", "eth_getBlockByNumber", [height, true]],
      ["logs", "eth_getLogs", [{ fromBlock: height, toBlock: height }]],
      ["count", "eth_getBlockTransactionCountByNumber", [height]],
    );
    for (const address of [...contracts, accounts[0]]) {
      questions.push(
        ["balance", "eth_getBalance", [address, height]],
        ["nonce", "eth_getTransactionCount", [address, height]],
        ["code", "eth_getCode", [address, height]],
        ["storage", "eth_getStorageAt", [address, SLOTS[1], height]],
      );
    }
  }
  for (const address of [...contracts, accounts[0]])
    questions.push(["proof", "eth_getProof", [address, SLOTS, "latest"]]);
  // To a call without a price the base fee reads 0, but not in Anvil; with one it reads as it is, but not in Hardhat's network.
  const price = other === "anvil" ? { gasPrice: "0xba43b7400" } : {};
  for (const to of contracts) {
    const call = { from: accounts[0], to, data: "0x12345678", gas: "0x100000", ...price };
    questions.push(
      ["call", "eth_call", [call, "latest"]],
      ["callTracer", "debug_traceCall", [call, "latest", { tracer: "callTracer" }]],
    );
  }
  return questions;
}

/** The answers of a chain about what was played on it, each brought into the form in which they are compared. */
export async function answersOf(
  peer: Peer,
  played: Played,
  other: Peer["name"],
): Promise<{ question: string; answer: unknown }[]> {
  const answers: { question: string; answer: unknown }[] = [];
  // Asked first of each transaction (see `tracers`).
  let refused: ReadonlySet<string> = new Set();
  for (const [name, method, params] of questionsOf(played, other)) {
    if (notAnswered[other].includes(name)) continue;
    const answer = await peer
      .request(method, params)
      .then((result) => {
        if (name === "structLog") refused = refusedSlots(result);
        return normalise(name, result, peer.name, other, refused);
      })
      // How a failure is told is another matter: that there is one must be the same.
      .catch(() => ({ refused: true }));
    answers.push({ question: `${name}: ${method} ${JSON.stringify(params)}`, answer });
  }
  return answers;
}
