// npm run fuzz:rpc: asks a node, over HTTP, over WebSocket and in process, what nobody should ask.
import { runRpcFuzz } from "./fuzz-rpc/run-fuzz.ts";
import { readArguments } from "./lib/read-arguments.ts";

const HELP = `Asks a chain malformed and half-valid requests: broken JSON, wrong types, huge numbers, deep nesting, random bytes, code that
never ends. Every answer must be a well-formed JSON-RPC response, nothing may be a defect (-32603), nothing may fail unheard, the node must live
and stop with exit code 0. Exits 1 otherwise.

  npm run fuzz:rpc -- [--requests N] [--seed S] [--json]

  --requests N   how many (default 20000); half of them over HTTP, a quarter over WebSocket, a quarter in process
  --seed S       any text; the same seed gives the same requests on every machine (default: drawn and printed)
  --json         the result as JSON on standard output; progress goes to standard error

The chain begins anew every 1,000 requests, so that what it keeps is no leak. The memory of the node's process is told after the first 2,000, in
the middle and at the end: what is alive after a collection, which must not grow by a quarter in the second half, and what is resident. V8's room
for new objects is held at 2 MiB for it; by itself it grows to some 100 MiB under load and stays, empty.`;

const MEBIBYTE = 1024 * 1024;

const values = readArguments({
  script: "fuzz:rpc",
  help: HELP,
  counts: { requests: 4 },
  options: {
    requests: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 32)) },
    json: { type: "boolean", default: false },
  },
});

process.exitCode = await main(Number(values.requests), values.seed);

function along(sizes: readonly number[]): string {
  const [first, middle, last] = sizes.map((bytes) => `${(bytes / MEBIBYTE).toFixed(1)} MiB`);
  return `${first} at the start, ${middle} in the middle, ${last} at the end`;
}

async function main(requests: number, seed: string): Promise<number> {
  process.stderr.write(`seed ${seed}\n`);
  const start = performance.now();
  const result = await runRpcFuzz({
    requests,
    seed,
    progress(done) {
      const rate = Math.round((done * 1000) / (performance.now() - start));
      const line = `${done} of ${requests}, ${rate} a second`;
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : done % 10_000 < 4 ? `${line}\n` : "");
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  const { findings, memory, exitCode } = result;
  if (values.json) {
    console.log(JSON.stringify({ seed, ...result }, undefined, 2));
  } else {
    for (const [way, count] of Object.entries(result.requests)) console.log(`${way.padEnd(10)} ${count} requests`);
    console.log(`alive      ${along(memory.map(({ used }) => used))}`);
    console.log(`resident   ${along(memory.map(({ resident }) => resident))}`);
    console.log(`exit code  ${exitCode}`);
    for (const { way, index, verdict, request } of findings)
      console.log(`\n${verdict}\n  request ${index} by ${way}: ${request}`);
    console.log(findings.length === 0 ? "Every answer is well formed." : `\n${findings.length} findings.`);
  }
  return findings.length === 0 && exitCode === 0 ? 0 : 1;
}
