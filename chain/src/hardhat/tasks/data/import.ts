import { createReadStream, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { importChain } from "../../../store/durable/index.ts";
import { type DataArguments, runOnData } from "./run-on-data.ts";

/** `npx hardhat chain import FILE --data FOLDER`. What a refused import began is removed again. */
export default async function importTask({ file, ...args }: DataArguments & { readonly file: string }): Promise<void> {
  const folder = args.data;
  const before = folder !== undefined && existsSync(folder) ? readdirSync(folder) : undefined;
  await runOnData(args, {
    problem: (say) => (existsSync(file) ? undefined : say.noFile(file)),
    existing: false,
    verb: (say) => say.importing,
    run: (data, progress) => importChain(createReadStream(file), data, progress),
    done: (say, result, target) => say.imported(result, target),
  });
  if (process.exitCode !== 1 || folder === undefined || !existsSync(folder)) return;
  if (before === undefined) rmSync(folder, { recursive: true, force: true });
  else {
    for (const name of readdirSync(folder)) if (!before.includes(name)) rmSync(join(folder, name), { force: true });
  }
}
