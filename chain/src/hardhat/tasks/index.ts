import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import type { NewTaskDefinition, TaskDefinition } from "hardhat/types/tasks";

const LANGUAGE = {
  name: "lang",
  description: "Language of the output: en or zh",
  type: ArgumentType.STRING,
  defaultValue: "en",
} as const;

const DATA = {
  name: "data",
  description: "Folder of the chain",
  type: ArgumentType.STRING_WITHOUT_DEFAULT,
  defaultValue: undefined,
} as const;

/** `npx hardhat chain`: the chain as a local node. */
const serveTask: NewTaskDefinition = task(
  "chain",
  "Serve a chain over HTTP and WebSocket, as a local node: a fresh one, or with --data one that is kept in a folder",
)
  .addOption({ ...DATA, description: "Folder to keep the chain in; one that is there goes on where it stopped" })
  .addFlag({
    name: "sync",
    description: "With --data: answer only when the disk has the block, for power failures too",
  })
  .addFlag({ name: "repair", description: "With --data: roll a damaged chain back to its last whole block first" })
  .addOption({
    name: "hostname",
    description: "Address to listen on (127.0.0.1: only this machine can reach it)",
    type: ArgumentType.STRING,
    defaultValue: "127.0.0.1",
  })
  .addOption({
    name: "port",
    description: "Port to listen on; 0 takes a free one",
    type: ArgumentType.INT,
    defaultValue: 8545,
  })
  .addOption({
    name: "fork",
    description: "URL of a JSON-RPC endpoint: begin with a block of its chain instead of an own genesis",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "forkBlock",
    description: "Number of the block to fork (without: 128 below the latest; of a development chain, the latest)",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "forkCache",
    description: "Folder that keeps what was read of the forked chain (without: forks in the project's cache)",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addFlag({ name: "noForkCache", description: "Keep nothing of the forked chain on disk" })
  .addFlag({
    name: "unsafe",
    description: "Serve the unlocked accounts and the development methods on an address that other machines reach, too",
  })
  .addOption({
    name: "cors",
    description:
      "Origins of web pages that may ask, with commas between (pages of this machine may always; * is every page)",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "allowedHosts",
    description: "Names under which clients reach the node, with commas between (addresses and localhost always work)",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "logLevel",
    description: "How much is told: silent, error, warn, info or debug",
    type: ArgumentType.STRING,
    defaultValue: "info",
  })
  .addFlag({ name: "json", description: "Print one JSON object per line: first the node, then each request" })
  .addOption(LANGUAGE)
  .setAction(() => import("./action.ts"))
  .build();

const JSON_FLAG = { name: "json", description: "Print one JSON object per line: progress, then the result" } as const;

/** `npx hardhat chain` and what can be done with a chain that is kept in a folder, while no node has it open. */
export const chainTasks: TaskDefinition[] = [
  serveTask,
  task(["chain", "export"], "Write the chain of a folder as a file: its settings, its first state, every block")
    .addPositionalArgument({ name: "file", description: "The file to write; it must not be there yet" })
    .addOption(DATA)
    .addFlag(JSON_FLAG)
    .addOption(LANGUAGE)
    .setAction(() => import("./data/export.ts"))
    .build(),
  task(
    ["chain", "import"],
    "Execute the blocks of a chain file, compare every root, and keep the chain in a new folder",
  )
    .addPositionalArgument({ name: "file", description: "A file that chain export wrote" })
    .addOption(DATA)
    .addFlag(JSON_FLAG)
    .addOption(LANGUAGE)
    .setAction(() => import("./data/import.ts"))
    .build(),
  task(["chain", "verify"], "Execute the chain of a folder again and compare every root, hash and index")
    .addOption(DATA)
    .addFlag(JSON_FLAG)
    .addOption(LANGUAGE)
    .setAction(() => import("./data/verify.ts"))
    .build(),
];
