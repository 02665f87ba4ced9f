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
  description: "A wallet file with the keys of the platform; a sample that everybody knows when left out",
} as const;
const APP = {
  name: "app",
  type: ArgumentType.STRING,
  defaultValue: "trace",
  description: "Which deployment: trace, or an app that stands on traceability, such as tea-trace",
} as const;
const INPUT = {
  name: "input",
  type: ArgumentType.FILE_WITHOUT_DEFAULT,
  defaultValue: undefined,
  description:
    "A document that is imported first, with --register and --opening-stock: for a chain in this process, which begins empty",
} as const;
const JSON_ONLY = { name: "json", description: "Print JSON only" } as const;

/** `npx hardhat trace …`: EPCIS documents in and out, histories, recalls. */
export const traceTasks: TaskDefinition[] = [
  emptyTask("trace", "Import, export and follow EPCIS events").build(),
  task(["trace", "deploy"], "Deploy traceability on a network. Run again, it goes on where it stopped")
    .addOption(APP)
    .addOption(WALLET)
    .addFlag(JSON_ONLY)
    .addOption(LANGUAGE)
    .setAction(() => import("./deploy.ts"))
    .build(),
  task(
    ["trace", "import"],
    "Capture EPCIS 2.0 documents (JSON-LD). On the in-process chain everything starts anew; on a node what was captured before is skipped",
  )
    .addOption(APP)
    .addOption(WALLET)
    .addFlag(JSON_ONLY)
    .addOption(LANGUAGE)
    .addVariadicArgument({
      name: "files",
      type: ArgumentType.FILE,
      description: "EPCIS 2.0 documents in JSON or JSON-LD",
    })
    .addOption({
      name: "masters",
      type: ArgumentType.FILE_WITHOUT_DEFAULT,
      defaultValue: undefined,
      description: "A file of master data: parties, places, products",
    })
    .addFlag({
      name: "register",
      description: "File unknown parties, places and products by the platform's account; always on in process",
    })
    .addFlag({
      name: "openingStock",
      description:
        "Declare goods that the documents presume, and what must have been done with them; always on in process",
    })
    .addFlag({ name: "strict", description: "Presume nothing: goods must be commissioned by the documents" })
    .addFlag({
      name: "proceed",
      description:
        "Leave out events that break a rule and capture the others; else nothing of such a document is captured",
    })
    .addOption({
      name: "by",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
      description: "GLN of the party that captures; told by each event when left out",
    })
    .addOption({
      name: "region",
      type: ArgumentType.STRING,
      defaultValue: "CN",
      description: "Region of parties and places that master data gives none for",
    })
    .addFlag({ name: "dryRun", description: "Check only; send nothing" })
    .setAction(() => import("./import.ts"))
    .build(),
  task(["trace", "export"], "Write captured events as an EPCIS 2.0 document")
    .addOption(APP)
    .addOption(WALLET)
    .addFlag(JSON_ONLY)
    .addOption(LANGUAGE)
    .addOption({
      name: "object",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
      description: "Only events that name this code",
    })
    .addOption({ name: "from", type: ArgumentType.INT, defaultValue: 1, description: "The first event" })
    .addOption({ name: "to", type: ArgumentType.INT, defaultValue: 0, description: "The last event; 0 = to the end" })
    .addOption({
      name: "out",
      type: ArgumentType.STRING_WITHOUT_DEFAULT,
      defaultValue: undefined,
      description: "The file to write; standard output when left out",
    })
    .addOption(INPUT)
    .setAction(() => import("./export.ts"))
    .build(),
  task(["trace", "show"], "Print the history of an item, lot or container with its ancestors")
    .addOption(APP)
    .addOption(WALLET)
    .addFlag(JSON_ONLY)
    .addOption(LANGUAGE)
    .addPositionalArgument({
      name: "code",
      description:
        "An EPC URI, GS1 Digital Link URI, element string such as (01)09506000134352(21)5Y, SSCC, medicine or battery code",
    })
    .addOption(INPUT)
    .setAction(() => import("./show.ts"))
    .build(),
  task(["trace", "recall"], "Recall a lot, an item or a container with everything made of it; run again, it goes on")
    .addOption(APP)
    .addOption(WALLET)
    .addFlag(JSON_ONLY)
    .addOption(LANGUAGE)
    .addPositionalArgument({ name: "code", description: "What is recalled, as for trace show" })
    .addOption({ name: "level", type: ArgumentType.INT, defaultValue: 1, description: "How grave it is: 1 to 3" })
    .addFlag({ name: "labelOnly", description: "Only the label is at fault" })
    .addOption({
      name: "reason",
      type: ArgumentType.STRING,
      defaultValue: "",
      description: "The finding; what goes on chain is its digest",
    })
    .addOption({
      name: "page",
      type: ArgumentType.INT,
      defaultValue: 25,
      description: "Steps of marking in one transaction: 1 to 50",
    })
    .addOption(INPUT)
    .setAction(() => import("./recall.ts"))
    .build(),
];
