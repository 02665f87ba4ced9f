import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { expect } from "chai";
import hre from "hardhat";

/** A running `hardhat chain`. */
export type Task = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `hardhat chain` as a shell would. */
export function startTask(...args: readonly string[]): Task {
  const { root } = hre.config.paths;
  return spawn(process.execPath, [`${root}/node_modules/hardhat/dist/src/cli.js`, "chain", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs `hardhat chain` with arguments that it refuses, and returns what it says of them. */
export async function refusalOf(...args: readonly string[]): Promise<string> {
  const task = startTask(...args);
  const [errors, [code]] = await Promise.all([textOf(task.stderr), once(task, "exit")]);
  expect(code, errors).to.equal(1);
  return errors;
}

async function textOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}
