import type { TaskDefinition } from "hardhat/types/tasks";
import { appTasks } from "./app/index.ts";
import { bindingsTask } from "./bindings/index.ts";
import { chainTasks } from "./chain/index.ts";
import { reportTask } from "./report/index.ts";

/**
 * The tasks of this repository, in the order `npx hardhat --help` lists them.
 *
 * `tasks/<name>/index.ts` holds a task's name, options and help; `tasks/<name>/action.ts` holds what it does and is loaded only when the
 * task runs, so that the command line stays quick.
 */
export const tasks: TaskDefinition[] = [...appTasks, bindingsTask, ...chainTasks, reportTask];
