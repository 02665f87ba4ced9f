// Installs what is missing before `npm start` and `npm test`, from a fresh clone and after a pull that changed the lock file.
// Plain JavaScript without dependencies: it must run on whatever Node the machine has, before anything is installed.
//
// Hardhat 3 needs Node 22. On an older Node npm would skip the native part of Hardhat's own network (an optional dependency with an
// engines field), so the installation itself runs under Node 24; afterwards node_modules/.bin/node is first in npm's PATH.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE_TO_INSTALL_WITH = 22;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampPath = join(root, "node_modules", ".banyan-setup");
const windows = process.platform === "win32";

function fail(what, cure) {
  console.error(`\nsetup: ${what}\n       ${cure}\n`);
  process.exit(1);
}

function readLock() {
  const path = join(root, "package-lock.json");
  if (!existsSync(path)) fail(`${path} is missing`, "Restore it: git checkout package-lock.json");
  return readFileSync(path);
}

/** What an installation depends on: the lock file and the platform, nothing that a second run changes. */
function fingerprint() {
  return createHash("sha256").update(readLock()).update(`${process.platform}-${process.arch}`).digest("hex");
}

function pinnedNodeWorks() {
  const node = join(root, "node_modules", ".bin", windows ? "node.cmd" : "node");
  if (!existsSync(node)) return false;
  const run = spawnSync(node, ["--version"], { encoding: "utf8", shell: windows });
  return run.status === 0 && Number(run.stdout.slice(1).split(".")[0]) >= OLDEST_NODE_TO_INSTALL_WITH;
}

function isInstalled(wanted) {
  return existsSync(stampPath) && readFileSync(stampPath, "utf8") === wanted && pinnedNodeWorks();
}

function install() {
  const tooOld = Number(process.versions.node.split(".")[0]) < OLDEST_NODE_TO_INSTALL_WITH;
  const command = tooOld ? "npx" : "npm";
  const args = [...(tooOld ? ["-y", "-p", "node@24", "npm"] : []), "ci", "--no-audit", "--no-fund"];
  console.error(
    `setup: installing the pinned packages (${command} ${args.join(" ")}); once, this takes a minute or two`,
  );
  const run = spawnSync(command, args, {
    cwd: root,
    // npm's output goes to stderr, so that what the command itself prints on stdout stays clean.
    stdio: ["ignore", 2, 2],
    shell: windows,
    env: { ...process.env, npm_config_loglevel: "error" },
  });
  if (run.error)
    fail(`could not start ${command}: ${run.error.message}`, "Install Node.js with npm, then run it again.");
  if (run.status !== 0) {
    fail(
      `the installation ended with ${run.status ?? run.signal}`,
      "Check the network and the registry setting (npm config get registry), then run the command again.",
    );
  }
}

const wanted = fingerprint();
if (!isInstalled(wanted)) {
  install();
  if (!pinnedNodeWorks()) {
    fail(
      "the pinned Node was not installed into node_modules/.bin",
      "npm must be allowed to run install scripts (npm config get ignore-scripts); then run the command again.",
    );
  }
  writeFileSync(stampPath, wanted);
}
