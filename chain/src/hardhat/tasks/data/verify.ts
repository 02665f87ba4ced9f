import { verifyChain } from "../../../store/durable/index.ts";
import { type DataArguments, runOnData } from "./run-on-data.ts";

/** `npx hardhat chain verify --data FOLDER`. */
export default async function verifyTask(args: DataArguments): Promise<void> {
  await runOnData(args, {
    existing: true,
    verb: (say) => say.verifying,
    run: (data, progress) => verifyChain(data, progress),
    done: (say, result, folder) => say.verified(result, folder),
  });
}
