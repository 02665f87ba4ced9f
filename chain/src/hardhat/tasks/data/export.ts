import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { finished } from "node:stream/promises";
import { exportChain } from "../../../store/durable/index.ts";
import { type DataArguments, runOnData } from "./run-on-data.ts";

/** `npx hardhat chain export FILE --data FOLDER`. */
export default async function exportTask({ file, ...args }: DataArguments & { readonly file: string }): Promise<void> {
  await runOnData(args, {
    problem: (say) => (existsSync(file) ? say.fileThere(file) : undefined),
    existing: true,
    verb: (say) => say.exporting,
    async run(data, progress) {
      // Nobody finds half a file under the name that was asked for.
      const partial = `${file}.part`;
      const stream = createWriteStream(partial);
      const written = finished(stream);
      written.catch(() => {});
      try {
        const result = await exportChain(
          data,
          (bytes) =>
            new Promise((resolve, reject) => stream.write(bytes, (error) => (error ? reject(error) : resolve()))),
          progress,
        );
        stream.end();
        await written;
        renameSync(partial, file);
        return result;
      } catch (error) {
        stream.destroy();
        rmSync(partial, { force: true });
        throw error;
      }
    },
    done: (say, result) => say.exported(result, file),
  });
}
