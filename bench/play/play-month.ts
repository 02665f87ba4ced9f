import { execFileSync } from "node:child_process";

/**
 * Plays the shipped month of the prepaid code in a process of its own.
 *
 * @param network - a network of hardhat.config.ts that lives in the process
 * @returns milliseconds per event, deployment left out
 */
export function playMonth(network: string): number {
  const printed = execFileSync("hardhat", ["app", "play", "prepaid-code", "--json", "--network", network], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
  const report: { readonly seconds: number; readonly events: { readonly applied: number } } = JSON.parse(printed);
  return (report.seconds * 1000) / report.events.applied;
}
