// Runs `hardhat test` in a process of its own and prints its wall-clock time in seconds.
// usage: node bench/suite/time-test.ts NETWORK [FILE…]; without a file, every test of the repository
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [network = "default", ...files] = process.argv.slice(2);
const packageFile = createRequire(import.meta.url).resolve("hardhat/package.json");
const hardhat = join(dirname(packageFile), "dist/src/cli.js");
const started = performance.now();
const { status, stdout } = spawnSync(
  process.execPath,
  [hardhat, "test", ...(files.length === 0 ? [] : ["mocha", ...files]), "--network", network],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 28 },
);
const seconds = (performance.now() - started) / 1_000;
if (status !== 0) {
  process.stderr.write(stdout);
  throw new Error(`hardhat test on ${network} ended with ${status}: a time without the work counts for nothing`);
}
console.log(seconds.toFixed(3));
