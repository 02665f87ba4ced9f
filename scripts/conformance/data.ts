import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { ConformanceError } from "./conformance-error.ts";

/** The suites and the folders that hold them in ethereum/tests, and in the fixtures of execution-spec-tests (Prague and later). */
const SUITE_FOLDERS = {
  state: ["GeneralStateTests", "state_tests"],
  trie: ["TrieTests"],
  rlp: ["RLPTests"],
  transaction: ["TransactionTests"],
} as const;

const FOLDERS: readonly string[] = Object.values(SUITE_FOLDERS).flat();

/** A suite by its name. */
export type SuiteName = keyof typeof SUITE_FOLDERS;

/** All suites, in the order in which they run. */
export const SUITE_NAMES = Object.keys(SUITE_FOLDERS) as readonly SuiteName[];

/** A file of cases. */
export interface CaseFile {
  readonly suite: SuiteName;
  /** Path from the data's root, with slashes. */
  readonly path: string;
}

/** An unpacked tree. */
export interface Data {
  readonly root: string;
  readonly files: readonly CaseFile[];
  /** Removes what was unpacked. */
  close(): void;
}

const ARCHIVE = "ethereum-tests.tar.xz";

/**
 * Opens the data: an unpacked tree, an archive of one, or the folder that holds `ethereum-tests.tar.xz`. An archive is unpacked by the system's
 * `tar` into a folder for temporary files.
 * @throws ConformanceError `DATA_NOT_FOUND`, `DATA_NOT_UNPACKED`, `DATA_EMPTY`
 */
export function openData(place: string, suites: readonly SuiteName[] = SUITE_NAMES): Data {
  const path = resolve(place);
  if (!existsSync(path)) {
    throw new ConformanceError(
      "DATA_NOT_FOUND",
      `There is nothing at ${place}`,
      `Name a checkout of github.com/ethereum/tests, an archive of one, or the folder that holds ${ARCHIVE}.`,
    );
  }
  if (!statSync(path).isDirectory()) return unpack(path, suites);
  if (FOLDERS.some((folder) => existsSync(join(path, folder)))) {
    return { root: path, files: list(path, place, suites), close: () => undefined };
  }
  const archive = join(path, ARCHIVE);
  if (existsSync(archive)) return unpack(archive, suites);
  throw new ConformanceError(
    "DATA_EMPTY",
    `${place} holds neither ${FOLDERS.join(", ")} nor ${ARCHIVE}`,
    "Name a checkout of github.com/ethereum/tests or an archive of one.",
  );
}

function unpack(archive: string, suites: readonly SuiteName[]): Data {
  const root = mkdtempSync(join(tmpdir(), "banyan-conformance-"));
  const close = () => rmSync(root, { recursive: true, force: true });
  try {
    const { status, stderr, error } = spawnSync("tar", ["-xf", archive, "-C", root], { encoding: "utf8" });
    if (error !== undefined || status !== 0) {
      throw new ConformanceError(
        "DATA_NOT_UNPACKED",
        `tar cannot unpack ${archive}: ${error?.message ?? stderr.trim()}`,
        "Fetch the archive again, and have tar and xz installed; or unpack it yourself and name the folder.",
      );
    }
    // An archive may hold the tree or one folder with the tree in it.
    const [only, ...others] = readdirSync(root);
    const isWrapped = only !== undefined && others.length === 0 && !isSuiteFolder(only);
    const tree = isWrapped ? join(root, only) : root;
    return { root: tree, files: list(tree, archive, suites), close };
  } catch (error) {
    close();
    throw error;
  }
}

function isSuiteFolder(name: string): boolean {
  return FOLDERS.includes(name);
}

function list(root: string, place: string, suites: readonly SuiteName[]): CaseFile[] {
  const files = suites.flatMap((suite) =>
    SUITE_FOLDERS[suite].flatMap((name) => {
      const folder = join(root, name);
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".json"))
        .sort()
        .map((file): CaseFile => ({ suite, path: relative(root, join(folder, file)).split(sep).join("/") }));
    }),
  );
  if (files.length > 0) return files;
  throw new ConformanceError(
    "DATA_EMPTY",
    `${place} holds no case of ${suites.flatMap((suite) => SUITE_FOLDERS[suite]).join(", ")}`,
    "Choose another --suite or other data.",
  );
}
