import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildInput, readBuild, writeCode } from "./artifacts.ts";
import { recompile } from "./recompile.ts";

/** How a test run ended. */
export interface TestRun {
  readonly outcome: "passed" | "failed" | "not-compiled" | "timeout";
  readonly seconds: number;
  /** The first test that failed, or the end of what was printed. */
  readonly detail: string;
}

/** A copy of the repository in which faults can be tried without touching it. */
export interface Workshop {
  readonly folder: string;
  /**
   * Gives a source another content and compiles the contracts that have its code in them.
   *
   * @returns solc's message when it does not compile
   */
  plant(file: string, content: string): string | undefined;
  /** Runs test files against what is planted, until the first failure. */
  test(files: readonly string[], timeoutSeconds: number): Promise<TestRun>;
  /** Ends what still runs and removes the copy. */
  close(): void;
}

/**
 * Copies the repository's files, with what is compiled of them, into a folder for temporary files. Packages are linked; the
 * workspaces among them lead into the copy.
 *
 * @param files - The files of the repository, relative to the current folder, which is its root.
 * @param within - Compile a fault into these sources only; into every contract that has its code when empty.
 */
export function openWorkshop(files: readonly string[], within: readonly string[] = []): Workshop {
  const root = process.cwd();
  const folder = mkdtempSync(path.join(tmpdir(), "banyan-mutate-"));
  for (const file of [...files, "artifacts"]) {
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true, preserveTimestamps: true, force: true });
  }
  linkPackages(path.join(root, "node_modules"), path.join(folder, "node_modules"));

  let running: number | undefined;
  const end = () => {
    if (running === undefined) return;
    try {
      // The whole group: Hardhat starts the compiler in processes of its own.
      process.kill(-running, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  let build: BuildInput | undefined;
  return {
    folder,
    plant(file, content) {
      writeFileSync(path.join(folder, file), content);
      try {
        // The compiler stays in memory and looks at nothing but what changed: a build of Hardhat's takes several times as long.
        build ??= readBuild(folder);
        for (const contract of recompile(file, content, build, within)) writeCode(folder, contract);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    async test(tests, timeoutSeconds) {
      const started = performance.now();
      const child = spawn("node_modules/.bin/hardhat", ["test", "mocha", "--no-compile", "--bail", ...tests], {
        cwd: folder,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      running = child.pid;
      let output = "";
      let late = false;
      child.stdout.on("data", (data) => (output += data));
      child.stderr.on("data", (data) => (output += data));
      const timer = setTimeout(() => {
        late = true;
        end();
      }, timeoutSeconds * 1000);
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      });
      clearTimeout(timer);
      running = undefined;
      return { ...readOutcome(code, late, output), seconds: (performance.now() - started) / 1000 };
    },
    close() {
      end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readOutcome(code: number | null, late: boolean, output: string): Pick<TestRun, "outcome" | "detail"> {
  const lastLines = output.trim().split("\n").slice(-12).join("\n");
  if (late) return { outcome: "timeout", detail: lastLines };
  if (code === 0) return { outcome: "passed", detail: "" };
  if (!output.includes("Running Mocha tests")) return { outcome: "not-compiled", detail: lastLines };
  const failed = /^\s+1\) .+(?:\n.+){1,12}/m.exec(output.slice(output.lastIndexOf(" failing")));
  return { outcome: "failed", detail: failed?.[0].trim() ?? lastLines };
}

function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.isDirectory() && entry.name.startsWith("@")) linkPackages(source, target);
    else symlinkSync(source, target);
  }
}

/** Reads a source of the repository. */
export function readSource(file: string): string {
  return readFileSync(file, "utf8");
}
