import type { TaskDefinition } from "hardhat/types/tasks";
import { appTasks } from "./app/index.ts";
import { bindingsTask } from "./bindings/index.ts";
import { reportTask } from "./report/index.ts";
import { traceTasks } from "./trace/index.ts";

/**
 * The tasks of this repository beside `chain`, which the plugin `@banyan/chain/hardhat` brings.
 *
 * `tasks/<name>/index.ts` holds a task's name, options and help; `tasks/<name>/action.ts` holds what it does and is loaded only when the
 * task runs, so that the command line stays quick.
 */
export const tasks: TaskDefinition[] = [...appTasks, ...traceTasks, bindingsTask, reportTask];
