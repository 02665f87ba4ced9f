import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import type { NewTaskDefinition } from "hardhat/types/tasks";

/** `npx hardhat chain`: the chain as a local node. */
export const chainTask: NewTaskDefinition = task(
  "chain",
  "Serve a fresh chain over HTTP and WebSocket, as a local node",
)
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
  .addOption({
    name: "lang",
    description: "Language of the output: en or zh",
    type: ArgumentType.STRING,
    defaultValue: "en",
  })
  .setAction(() => import("./action.ts"))
  .build();
