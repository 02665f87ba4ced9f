/**
 * The URL of a module that is loaded by its path, such as a worker's: TypeScript in this repository, JavaScript in the installed package.
 * @param name path without its ending, such as `./recovery-worker`
 * @param from `import.meta.url` of the module beside it
 */
export function siblingModule(name: string, from: string): URL {
  return new URL(`${name}${from.endsWith(".ts") ? ".ts" : ".js"}`, from);
}
