import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import type { TaskDefinition } from "hardhat/types/tasks";

const LANGUAGE = {
  name: "lang",
  type: ArgumentType.STRING,
  defaultValue: "en",
  description: "Language of what is printed: en or zh",
} as const;

const WALLET = {
  name: "wallet",
  type: ArgumentType.FILE_WITHOUT_DEFAULT,
  defaultValue: undefined,
  description: "A wallet file with the keys of the parties; a sample that everybody knows when left out",
} as const;

/** `npx hardhat app …`: deploys use cases and plays their stories. */
export const appTasks: TaskDefinition[] = [
  emptyTask("app", "Deploy a use case or play its story").build(),
  task(["app", "list"], "List the use cases of this repository")
    .addFlag({ name: "json", description: "Print JSON only" })
    .addOption(LANGUAGE)
    .setAction(() => import("./list.ts"))
    .build(),
  task(["app", "deploy"], "Deploy a use case: contracts, roles and policies. Run again, it goes on where it stopped")
    .addPositionalArgument({ name: "app", description: "A folder of apps/, such as prepaid-code" })
    .addOption(WALLET)
    .addFlag({ name: "json", description: "Print JSON only" })
    .addOption(LANGUAGE)
    .setAction(() => import("./deploy.ts"))
    .build(),
  task(
    ["app", "play"],
    "Play a story of dated business events on a use case. On the in-process chain it starts anew; on a node it goes on after the last event",
  )
    .addPositionalArgument({ name: "app", description: "A folder of apps/, such as prepaid-code" })
    .addOption({
      name: "input",
      type: ArgumentType.FILE_WITHOUT_DEFAULT,
      defaultValue: undefined,
      description: "A JSON Lines file of events; the app's own story when left out. apps/<name>/README.md describes it",
    })
    .addOption(WALLET)
    .addFlag({ name: "dryRun", description: "Check the whole file on a private chain; send nothing to the network" })
    .addFlag({ name: "json", description: "Print JSON only" })
    .addOption(LANGUAGE)
    .setAction(() => import("./play.ts"))
    .build(),
];
